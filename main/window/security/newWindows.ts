import type { WebContents } from 'electron';
import { openLink } from './externalLinks.ts';

// Electron's checklist: 14 (limit the creation of new windows).

export interface LinkParts {
  /** The address of the endpoint's sign-in page, while it runs. */
  readonly authorizeUrl: () => string | undefined;
  readonly onError: (error: unknown) => void;
}

/** Denies pages new windows. Allowed links open in the system's browser instead. */
export function denyNewWindows(page: WebContents, { authorizeUrl, onError }: LinkParts): void {
  page.setWindowOpenHandler(({ url }) => {
    openLink(url, authorizeUrl()).catch(onError);
    return { action: 'deny' };
  });
}
