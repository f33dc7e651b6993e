import { useEffect } from 'react';
import { type KeybindingsMap, tinykeys } from 'tinykeys';
import { useKeyfob } from '../../store/context.ts';
import { type Shortcut, screenShortcuts, shortcuts } from '../../store/shortcuts.ts';

/** Binds the keys of the window while the component is shown. They work in fields too: all have a modifier. */
export function useShortcuts(): void {
  const keyfob = useKeyfob();
  useEffect(() => {
    const map: KeybindingsMap = {};
    const all: readonly Shortcut[] = [...Object.values(shortcuts), ...screenShortcuts];
    for (const { keys, otherKeys, run } of all) {
      const press = (event: KeyboardEvent) => {
        event.preventDefault();
        run(keyfob);
      };
      map[keys] = press;
      if (otherKeys !== undefined) map[otherKeys] = press;
    }
    return tinykeys(window, map, { ignore: () => false });
  }, [keyfob]);
}
