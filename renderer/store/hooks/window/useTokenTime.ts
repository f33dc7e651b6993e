import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { useKeyfobState } from '../../context.ts';
import { readKey } from '../../core/reads.ts';
import type { State } from '../../state.ts';

const settingsKey = readKey('settings.read', {});

/** The clock slice keeps this answer of `settings.read` fresh. */
const savedOffsetIn = ({ reads }: State): number =>
  (reads.byKey[settingsKey]?.value as Settings | undefined)?.clockOffsetSeconds ?? 0;

/** The offset that tokens are shown at: the one that a person drags to, or the saved one. */
const offsetSecondsIn = (state: State): number => state.clock.previewOffsetSeconds ?? savedOffsetIn(state);

/** Token time, for handlers that read the state once. */
export const tokenNowMsIn = (state: State): number => state.clock.realMs + offsetSecondsIn(state) * 1000;

/** The saved clock offset: token time minus real time. 0 until the settings are read. */
export const useClockOffsetSeconds = (): number => useKeyfobState(savedOffsetIn);

/** A value derived from token time. Renders again only when the value changes: a table has hundreds of these. */
export const useOfTokenTime = <T extends string | boolean>(of: (nowMs: number) => T): T =>
  useKeyfobState((state) => of(tokenNowMsIn(state)));

/** Token time, which decides lifetimes. Ticks once a second. */
export function useTokenNowMs(): number {
  return useKeyfobState(tokenNowMsIn);
}

/**
 * Counts down the whole seconds until `endMs` of token time. Gives 0 after that, and `null` when `endMs` is `null` (never). The
 * component renders again only when the number changes.
 */
export function useSecondsLeft(endMs: number | null): number | null {
  return useKeyfobState((state) =>
    endMs === null ? null : Math.max(0, Math.ceil((endMs - state.clock.realMs) / 1000 - offsetSecondsIn(state))),
  );
}
