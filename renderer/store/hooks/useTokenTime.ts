import type { Settings } from '../../../preload/contract/settings.ts';
import { useKeyfobState } from '../context.ts';
import { readKey } from '../core/reads.ts';
import type { State } from '../state.ts';

const settingsKey = readKey('settings.read', {});

/** `live` keeps the settings fresh for it; by this key it is the answer of `settings.read`. */
const offsetSecondsIn = ({ reads }: State): number =>
  (reads.byKey[settingsKey]?.value as Settings | undefined)?.clockOffsetSeconds ?? 0;

/** How far token time is moved against real time. 0 until the settings are read. */
export const useClockOffsetSeconds = (): number => useKeyfobState(offsetSecondsIn);

/** What `of` makes of token time. Renders again only when that is another value: a table has hundreds of these. */
export const useOfTokenTime = <T extends string | boolean>(of: (nowMs: number) => T): T =>
  useKeyfobState((state) => of(state.clock.realMs + offsetSecondsIn(state) * 1000));

/** Token time, which rules lifetimes: ticks once a second. */
export function useTokenNowMs(): number {
  const offsetSeconds = useClockOffsetSeconds();
  return useKeyfobState((state) => state.clock.realMs) + offsetSeconds * 1000;
}

/**
 * Whole seconds until `endMs` of token time, counted down; 0 when it is over, `null` when it never comes. The component
 * renders again only when the number changes.
 */
export function useSecondsLeft(endMs: number | null): number | null {
  const offsetMs = useClockOffsetSeconds() * 1000;
  return useKeyfobState(({ clock }) =>
    endMs === null ? null : Math.max(0, Math.ceil((endMs - offsetMs - clock.realMs) / 1000)),
  );
}
