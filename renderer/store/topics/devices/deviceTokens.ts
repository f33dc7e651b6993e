import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { asKeyfobError } from '../../core/resource.ts';
import type { MakeSlice } from '../../core/slice.ts';
import { staleAfter } from '../../core/staleAfter.ts';
import { arrange } from './deviceOrder.ts';
import { type DeviceToken, readLiveAndRetired, readTokens } from './deviceTokenReads.ts';

/** Owns device tokens: a key set with a user, or a key set alone for application tokens. */
export interface DeviceOwner {
  readonly applicationId: number;
  /** The application's name. */
  readonly application: string;
  readonly keyType: KeyType;
  readonly username?: string | undefined;
}

/** Identifies an owner. It stays the same when the application is renamed. */
export const ownerKey = ({ applicationId, keyType, username }: DeviceOwner): string =>
  JSON.stringify([applicationId, keyType, username]);

/** The device tokens of one owner: all ACTIVE ones, and the newest retired ones. */
export interface DeviceTokensSlice {
  readonly owner: DeviceOwner | undefined;
  readonly rows: ReadonlyMap<number, DeviceToken>;
  /** Ids of the ACTIVE ones, in a stable order; `undefined` until first read. */
  readonly live: readonly number[] | undefined;
  /** Ids of the retired ones, newest first. */
  readonly retired: readonly number[];
  readonly error: KeyfobError | undefined;
  /** Keeps the tokens of this owner fresh. Gives the function that stops this. */
  watch(owner: DeviceOwner): () => void;
  /** Moves the rows of these devices to the top, in this order. */
  putFirst(devices: readonly string[]): void;
  /** Reads these tokens now and updates their rows. Rejects with `KeyfobError`. */
  ask(ids: readonly number[]): Promise<readonly DeviceToken[]>;
}

/** Events come in bursts. Changed tokens are read once per this time. */
const gatherMs = 100;

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
  /** What the next turn reads; `all`: the whole list. */
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

  async function readAll(owner: DeviceOwner): Promise<void> {
    const rows = await readLiveAndRetired(host, filterOf(owner));
    if (same(get().owner, owner)) show(new Map(rows.map((row) => [row.id, row])));
  }

  async function ask(ids: readonly number[]): Promise<readonly DeviceToken[]> {
    const { owner } = get();
    const found = await readTokens(host, ids);
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
