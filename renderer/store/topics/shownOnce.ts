import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import type { IssuedToken, Token } from '../../../preload/contract/tokens.ts';
import { afterRealTime } from '../../host/afterRealTime.ts';
import type { Host } from '../../host/host.ts';
import type { Keyfob } from '../context.ts';
import { useKeyfobState } from '../context.ts';
import type { MakeSlice } from '../slice.ts';
import type { State } from '../state.ts';

/** A token that is kept as a hash only, while the window still has the answer that issued it. */
export interface ShownToken {
  readonly id: number;
  /** Its device, or its number. */
  readonly name: string;
  readonly hasRefreshToken: boolean;
}

type Values = Pick<IssuedToken, 'accessToken' | 'refreshToken'>;

/** The one time that values kept as hashes only can be copied. The values themselves are not in the state. */
export interface ShownOnceSlice {
  /** What was issued last comes first. */
  readonly tokens: readonly ShownToken[];
  /** Takes what was issued just now; what is kept otherwise is left. */
  take(issued: readonly IssuedToken[]): void;
  valuesOf(id: number): Values | undefined;
  /** Forgets all values. */
  forget(): void;
}

/** Nobody watches a window for long: then they are forgotten. */
export const heldMinutes = 10;

const nameOf = ({ id, scope }: IssuedToken): string => {
  const [device, second] = scope.split(' ').filter((one) => one.startsWith('device_'));
  return device !== undefined && second === undefined ? device.slice('device_'.length) : `Token ${id}`;
};

export const shownOnceSlice: MakeSlice<ShownOnceSlice> = ({ get, set }) => {
  const values = new Map<number, Values>();
  let cancel: (() => void) | undefined;
  const forget = () => {
    cancel?.();
    values.clear();
    if (get().shownOnce.tokens.length > 0) set({ tokens: [] });
  };
  return {
    tokens: [],
    take(issued) {
      const hashed = issued.filter(({ persistence }) => persistence === 'hashed');
      if (hashed.length === 0) return;
      cancel?.();
      cancel = afterRealTime(heldMinutes * 60_000, forget);
      for (const { id, accessToken, refreshToken } of hashed) {
        values.set(id, { accessToken, ...(refreshToken !== undefined && { refreshToken }) });
      }
      const shown = hashed.map((token) => ({
        id: token.id,
        name: nameOf(token),
        hasRefreshToken: token.refreshToken !== undefined,
      }));
      set({ tokens: [...shown, ...get().shownOnce.tokens] });
    },
    valuesOf: (id) => values.get(id),
    forget,
  };
};

const issuing: ReadonlySet<MethodName> = new Set([
  'tokens.issue',
  'tokens.regenerate',
  'tokens.refresh',
  'devices.mint',
  'keys.generate',
]);

/** The tokens that an answer issued. */
function issuedBy(name: MethodName, output: unknown): readonly IssuedToken[] {
  // By its name it is what the method gives.
  switch (name) {
    case 'tokens.issue':
    case 'tokens.regenerate':
    case 'tokens.refresh':
      return [output as IssuedToken];
    case 'devices.mint':
      return (output as OutputOf<MethodOf<'devices.mint'>>).items;
    case 'keys.generate':
      return [(output as OutputOf<MethodOf<'keys.generate'>>).token];
    default:
      return [];
  }
}

/** The same host, whose answers are looked at for values that are shown this once, whoever asked for them. */
export const takingNote = (host: Host, take: ShownOnceSlice['take']): Host => ({
  can: host.can,
  clipboard: host.clipboard,
  on: (listener) => host.on(listener),
  showMenu: (groups, run) => host.showMenu(groups, run),
  call(name, input, options) {
    const called = host.call(name, input, options);
    if (!issuing.has(name)) return called;
    return called.then((output) => {
      take(issuedBy(name, output));
      return output;
    });
  },
});

type Kept = Pick<Token, 'id' | 'persistence'>;

/** Whether the value of a token can be shown: it is kept, or this window still has it. */
export const hasValue = ({ shownOnce }: State, { id, persistence }: Kept): boolean =>
  persistence === 'encrypted' || shownOnce.valuesOf(id) !== undefined;

export const useHasValue = (token: Kept): boolean => useKeyfobState((state) => hasValue(state, token));

/** Whether the value of a token is shown this once. */
export const useShownOnce = ({ id }: Pick<Token, 'id'>): boolean =>
  useKeyfobState(({ shownOnce }) => shownOnce.valuesOf(id) !== undefined);

/** The values of a token, as far as they can be had. Rejects with `KeyfobError`. */
export const tokenValues = async ({ host, store }: Keyfob, id: number): Promise<Values> =>
  store.getState().shownOnce.valuesOf(id) ?? (await host.call('tokens.reveal', { token: String(id) }));
