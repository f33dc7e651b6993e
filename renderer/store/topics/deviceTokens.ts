import type { OutputOf } from '../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';
import { staleAfter } from '../core/staleAfter.ts';
import { arrange } from './deviceOrder.ts';

/** Whose device tokens: those of a key set and a user; without a user, application tokens. */
export interface DeviceOwner {
  readonly applicationId: number;
  /** The application's name. */
  readonly application: string;
  readonly keyType: KeyType;
  readonly username?: string | undefined;
}

/** Tells owners apart; a rename of the application changes nothing. */
export const ownerKey = ({ applicationId, keyType, username }: DeviceOwner): string =>
  JSON.stringify([applicationId, keyType, username]);

/** A device's token, without its value. */
export type DeviceToken = OutputOf<MethodOf<'tokens.readMany'>>['items'][number];

/** The device tokens of one owner: all that are ACTIVE, and the newest of the retired ones. */
export interface DeviceTokensSlice {
  readonly owner: DeviceOwner | undefined;
  readonly rows: ReadonlyMap<number, DeviceToken>;
  /** Ids of the ACTIVE ones, each where it was; `undefined` until first read. */
  readonly live: readonly number[] | undefined;
  /** Ids of the retired ones, newest first. */
  readonly retired: readonly number[];
  readonly error: KeyfobError | undefined;
  /** Keeps the tokens of this owner fresh until the function returned is called. */
  watch(owner: DeviceOwner): () => void;
  /** The rows of these devices come first from now on, in this order. */
  putFirst(devices: readonly string[]): void;
  /** Asks the engine for these tokens now; the answer goes into the rows too. Rejects with `KeyfobError`. */
  ask(ids: readonly number[]): Promise<readonly DeviceToken[]>;
}

/** Events come in bursts: what they name is read once per this time. */
const gatherMs = 100;
const rowsACall = 1000;
/** Retired tokens shown, of each state. */
const retiredOfState = 100;

const filterOf = ({ application, keyType, username }: DeviceOwner) => ({
  application,
  keyType,
  deviceTokens: true,
  ...(username === undefined
    ? { userType: 'APPLICATION' as const }
    : { userType: 'APPLICATION_USER' as const, user: username }),
});

const belongs = (row: DeviceToken, { application, keyType, username }: DeviceOwner): boolean =>
  row.device !== undefined &&
  row.application === application &&
  row.keyType === keyType &&
  (username === undefined ? row.userType === 'APPLICATION' : row.user === username && row.userType !== 'APPLICATION');

const same = (one: DeviceOwner | undefined, other: DeviceOwner): boolean =>
  one?.application === other.application && ownerKey(one) === ownerKey(other);

const nothing = { rows: new Map(), live: undefined, retired: [], error: undefined } as const;

export const deviceTokensSlice: MakeSlice<DeviceTokensSlice> = ({ host, get, set }) => {
  let watchers = 0;
  let first: readonly string[] = [];
  /** What to read at the next turn; `all`: the list itself. */
  let wanted: { all: boolean; ids: Set<number> } = { all: false, ids: new Set() };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  function show(rows: ReadonlyMap<number, DeviceToken>): void {
    const shown = get();
    const live = [...rows.values()].filter(({ state }) => state === 'ACTIVE');
    const before = (shown.live ?? []).flatMap((id) => rows.get(id) ?? shown.rows.get(id) ?? []);
    const retired = [...rows.values()].filter(({ state }) => state !== 'ACTIVE').sort((a, b) => b.id - a.id);
    set({ rows, live: arrange(live, before, first), retired: retired.map(({ id }) => id), error: undefined });
  }

  async function read(ids: readonly number[]): Promise<readonly DeviceToken[]> {
    const parts: DeviceToken[][] = [];
    for (let from = 0; from < ids.length; from += rowsACall) {
      const input = { ids: ids.slice(from, from + rowsACall), last4: true };
      parts.push((await host.call('tokens.readMany', input)).items);
    }
    return parts.flat();
  }

  async function readAll(owner: DeviceOwner): Promise<void> {
    const filter = filterOf(owner);
    const [{ ids }, ...retired] = await Promise.all([
      host.call('tokens.ids', { ...filter, state: 'ACTIVE' }),
      ...(['INACTIVE', 'EXPIRED', 'REVOKED'] as const).map((state) =>
        host.call('tokens.list', { ...filter, state, limit: retiredOfState }),
      ),
    ]);
    const live = await read(ids);
    if (!same(get().owner, owner)) return;
    show(new Map([...retired.flatMap(({ items }) => items), ...live].map((row) => [row.id, row])));
  }

  async function ask(ids: readonly number[]): Promise<readonly DeviceToken[]> {
    const { owner } = get();
    const found = await read(ids);
    if (owner !== undefined && same(get().owner, owner)) {
      const rows = new Map(get().rows);
      for (const id of ids) rows.delete(id);
      for (const row of found) if (belongs(row, owner)) rows.set(row.id, row);
      show(rows);
    }
    return found;
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { owner } = get();
    if (running || owner === undefined) return;
    const { all, ids } = wanted;
    wanted = { all: false, ids: new Set() };
    running = true;
    try {
      if (all) await readAll(owner);
      else if (ids.size > 0) await ask([...ids]);
    } catch (error) {
      if (same(get().owner, owner)) set({ error: asKeyfobError(error) });
    } finally {
      running = false;
      if (wanted.all || wanted.ids.size > 0) soon();
    }
  }

  function soon(): void {
    timer ??= setTimeout(() => void run(), gatherMs);
  }

  /** Reads these tokens again, or all. */
  function changed(tokenIds: readonly number[] | undefined): void {
    if (watchers === 0) return;
    if (tokenIds === undefined) wanted.all = true;
    else for (const id of tokenIds) wanted.ids.add(id);
    soon();
  }

  return {
    owner: undefined,
    ...nothing,
    watch(owner) {
      watchers += 1;
      if (!same(get().owner, owner)) {
        first = [];
        set({ ...nothing, owner });
      }
      wanted.all = true;
      void run();
      return () => {
        watchers -= 1;
      };
    },
    putFirst(devices) {
      first = devices;
      if (get().live !== undefined) show(get().rows);
    },
    ask,
    connected: () => changed(undefined),
    heard(event) {
      if (!staleAfter['tokens.ids'].includes(event.name)) return;
      changed(event.name === 'tokens.changed' ? event.data.tokenIds : undefined);
    },
    vaultLocked() {
      first = [];
      set({ ...nothing, owner: undefined });
    },
  };
};
