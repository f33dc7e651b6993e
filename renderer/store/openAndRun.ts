import type { Keyfob } from './context.ts';
import type { CommandName } from './window/keys/commands.ts';
import { hrefOf, type Route } from './window/route.ts';

/** Goes to a screen, and runs one of its commands there. */
export function openAndRun({ store }: Keyfob, to: Route, name: CommandName): void {
  const { commands, route } = store.getState();
  if (hrefOf(route.current) === hrefOf(to) && commands.run(name)) return;
  commands.runAt(hrefOf(to), name);
  route.go(to);
}
