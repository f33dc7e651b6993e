import { type Preferences, preferencesShape } from '../../../preload/contract/preferences.ts';
import type { Host } from '../../host/host.ts';
import type { MakeSlice } from '../core/slice.ts';

/** Choices that outlive the window. The data folder stores them, so all its windows share them. */
export interface PreferencesSlice {
  readonly kept: Preferences;
  /** Stores some immediately. If Keyfob does not answer, the next write includes them. */
  keep(changes: Preferences): void;
}

/** For slices that keep choices as preferences. */
export interface UsesPreferences {
  readonly preferences: PreferencesSlice;
}

/** The slices whose choices another window may change. */
type Uses = Readonly<Record<'appearance' | 'keymap' | 'snippets', { follow(preferences: Preferences): void }>>;

type Name = keyof Preferences;
const names = Object.keys(preferencesShape) as Name[];

/** Picks the valid values. Another version may have written others. */
function validValues(found: unknown): Preferences {
  const valid = names.flatMap((name) => {
    const { success, data } = preferencesShape[name].safeParse(Reflect.get(Object(found), name));
    return success ? [[name, data] as const] : [];
  });
  return Object.fromEntries(valid);
}

const storageKey = (name: Name): string => `keyfob.${name}`;

/** Parses a value that an earlier version wrote into a browser's storage. */
function earlierValue(name: Name, text: string | null): unknown {
  if (text === null) return undefined;
  if (text === 'yes' || text === 'no') return text === 'yes';
  if (name !== 'keymap') return text;
  try {
    return Object.entries(JSON.parse(text)).map(([shortcut, keys]) => `${shortcut}=${[keys].flat().join(' ')}`);
  } catch {
    return undefined;
  }
}

/** The choices that an earlier version stored in this browser. */
const leftInBrowser = (): Preferences =>
  validValues(
    Object.fromEntries(names.map((name) => [name, earlierValue(name, localStorage.getItem(storageKey(name)))])),
  );

/**
 * Reads the preferences of the data folder. Moves the choices that an earlier version stored in this browser there, once. Gives
 * none when Keyfob does not answer, so that the window starts with its defaults.
 */
export async function readPreferences(host: Host): Promise<Preferences> {
  try {
    const kept = validValues(await host.call('preferences.read', {}));
    const moved = { ...leftInBrowser(), ...kept };
    if (Object.keys(moved).length > Object.keys(kept).length) await host.call('preferences.write', moved);
    for (const name of names) localStorage.removeItem(storageKey(name));
    return moved;
  } catch {
    return {};
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const preferencesSlice: MakeSlice<PreferencesSlice, Uses> = ({ host, get, set, uses, preferences }) => {
  let pending: Preferences = {};
  let sending = false;

  /** Writes once at a time. Changes during a write share the next one. */
  async function send(): Promise<void> {
    if (sending || Object.keys(pending).length === 0) return;
    const changes = pending;
    pending = {};
    sending = true;
    const written = await host.call('preferences.write', changes, { outlivesPage: true }).catch(() => undefined);
    sending = false;
    if (written === undefined) {
      pending = { ...changes, ...pending };
      return;
    }
    follow(written);
    await send();
  }

  /** Takes the choices of other windows. Own unsent choices win: the answer to their write includes the others. */
  function follow(answer: unknown): void {
    if (sending || Object.keys(pending).length > 0) return;
    const kept = validValues(answer);
    if (isSame(kept, get().kept)) return;
    set({ kept });
    uses().appearance.follow(kept);
    uses().keymap.follow(kept);
    uses().snippets.follow(kept);
  }

  return {
    kept: preferences,
    keep(changes) {
      const { kept } = get();
      const changed = names.filter((name) => name in changes && !isSame(changes[name], kept[name]));
      if (changed.length === 0) return;
      pending = { ...pending, ...Object.fromEntries(changed.map((name) => [name, changes[name]])) };
      set({ kept: { ...kept, ...changes } });
      void send();
    },
    heard(event) {
      if (event.name === 'preferences.changed') follow(event.data);
    },
    // Sends what Keyfob missed, or reads what this window missed.
    connected() {
      if (Object.keys(pending).length > 0) void send();
      // The connection slice shows when the host does not answer.
      else host.call('preferences.read', {}).then(follow, () => undefined);
    },
  };
};
