import type { Keyfob } from './context.ts';
import { asKeyfobError } from './core/resource.ts';
import { commandNames, type ShortcutName, screenNames, type windowNames } from './window/shortcuts.ts';

type Run = (keyfob: Keyfob) => void;

const toggle =
  (overlay: 'palette' | 'shortcuts'): Run =>
  ({ store }) => {
    const { layout } = store.getState();
    layout.openOverlay(layout.overlay === overlay ? undefined : overlay);
  };

const lock: Run = ({ host, store }) => {
  host.call('vault.lock', {}).catch((error: unknown) => {
    const detail = asKeyfobError(error).message;
    store.getState().toasts.show({ tone: 'danger', title: 'The vault was not locked.', detail });
  });
};

const windowRuns: Readonly<Record<(typeof windowNames)[number], Run>> = {
  palette: toggle('palette'),
  shortcuts: toggle('shortcuts'),
  sidebar: ({ store }) => store.getState().layout.toggleSidebar(),
  snippetPane: ({ store }) => store.getState().layout.toggleSnippetPane(),
  present: ({ store }) => store.getState().presenting.toggle(),
  settings: ({ store }) => store.getState().route.go({ screen: 'settings' }),
  lock,
};

const isIn = <N extends string>(names: readonly N[], name: string): name is N => names.some((one) => one === name);

/** Runs the action of a shortcut. */
export function runShortcut(name: ShortcutName, keyfob: Keyfob): void {
  const { commands, route } = keyfob.store.getState();
  if (isIn(commandNames, name)) commands.run(name);
  else if (isIn(screenNames, name)) route.go({ screen: name });
  else windowRuns[name](keyfob);
}
