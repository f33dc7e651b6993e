import type { Keyfob } from './context.ts';
import { asKeyfobError } from './core/resource.ts';
import { commandNames, type ShortcutName, screenNames, type windowNames } from './window/keys/shortcuts.ts';
import { failureToast } from './window/toasts.ts';

type Run = (keyfob: Keyfob) => void;

const toggle =
  (overlay: 'palette' | 'shortcuts'): Run =>
  ({ store }) => {
    const { layout } = store.getState();
    layout.openOverlay(layout.overlay === overlay ? undefined : overlay);
  };

/** Shows a toast with this title if the call fails. */
const orToast = ({ store }: Keyfob, title: string, call: Promise<unknown>): void => {
  call.catch((error: unknown) => store.getState().toasts.show(failureToast(title, asKeyfobError(error))));
};

const windowRuns: Readonly<Record<(typeof windowNames)[number], Run>> = {
  palette: toggle('palette'),
  shortcuts: toggle('shortcuts'),
  sidebar: ({ store }) => store.getState().layout.toggleSidebar(),
  snippetPane: ({ store }) => store.getState().layout.toggleSnippetPane(),
  present: ({ store }) => store.getState().presenting.toggle(),
  settings: ({ store }) => store.getState().route.go({ screen: 'settings' }),
  realTime: (keyfob) =>
    orToast(keyfob, 'The clock was not reset.', keyfob.host.call('settings.write', { clockOffsetSeconds: 0 })),
  lock: (keyfob) => orToast(keyfob, 'The vault was not locked.', keyfob.host.call('vault.lock', {})),
};

const isIn = <N extends string>(names: readonly N[], name: string): name is N => names.some((one) => one === name);

/** Runs the action of a shortcut. */
export function runShortcut(name: ShortcutName, keyfob: Keyfob): void {
  const { commands, route } = keyfob.store.getState();
  if (isIn(commandNames, name)) commands.run(name);
  else if (isIn(screenNames, name)) route.go({ screen: name });
  else windowRuns[name](keyfob);
}
