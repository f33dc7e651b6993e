import { type Abilities, type MenuGroup, windowTopic } from '../../preload/contract/window.ts';
import { createDispatchOf, type Dispatch } from '../transport/dispatch.ts';

export interface PageDispatchParts {
  readonly can: Abilities;
  readonly clipboard: {
    copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number }>;
    clear(): Promise<void>;
  };
  readonly showMenu: (groups: readonly MenuGroup[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Dispatches the calls of a page: methods of the `window` topic here, all others to the engine. */
export function createPageDispatch(engine: Dispatch, parts: PageDispatchParts): Dispatch {
  const own = createDispatchOf(
    { window: windowTopic },
    {
      handlers: {
        window: {
          abilities: async () => parts.can,
          copy: ({ text, secret }) => parts.clipboard.copy(text, secret),
          async clearCopied() {
            await parts.clipboard.clear();
            return {};
          },
          async showMenu({ groups }) {
            parts.showMenu(groups);
            return {};
          },
        },
      },
      submit: async (work) => work(),
      isLocked: () => 'unlocked',
      onError: parts.onError,
    },
  );
  return (call, options) => (call.method.startsWith('window.') ? own : engine)(call, options);
}
