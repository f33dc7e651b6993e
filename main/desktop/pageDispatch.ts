import { type Abilities, type MenuGroup, windowTopic } from '../../preload/contract/window.ts';
import { createDispatchOf, type Dispatch } from '../transport/dispatch.ts';

export interface WindowDispatchParts {
  readonly can: Abilities;
  readonly clipboard: {
    copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number }>;
    clear(): Promise<void>;
  };
  readonly showMenu: (groups: readonly MenuGroup[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Answers what a page asks of the program that shows it, and passes on what it asks of the engine. */
export function createWindowDispatch(engine: Dispatch, parts: WindowDispatchParts): Dispatch {
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
