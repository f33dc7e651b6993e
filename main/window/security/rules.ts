import { app, type Session } from 'electron';
import { limitDownloads } from './downloads.ts';
import { denyNavigation } from './navigation.ts';
import { denyRequests } from './network.ts';
import { denyNewWindows } from './newWindows.ts';
import { denyPermissions } from './permissions.ts';
import { denyWebviews } from './webviews.ts';

/** Applies the security rules to a session and to every page of the program. */
export function applySecurityRules(session: Session, onError: (error: unknown) => void): void {
  denyPermissions(session);
  denyRequests(session);
  limitDownloads(session);
  app.on('web-contents-created', (_event, page) => {
    denyNavigation(page);
    denyNewWindows(page, onError);
    denyWebviews(page);
  });
}
