import type { Preferences } from '../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from './preferences.ts';
import { type Shortcut, type ShortcutName, shortcutNames, shortcuts } from './shortcuts.ts';

/** How each shortcut is pressed; the first way is the one that is shown where there is room for one. */
export type Keymap = Readonly<Record<ShortcutName, readonly string[]>>;

/** Other keys for a shortcut, as many as it has. */
export interface Rebinding {
  readonly name: ShortcutName;
  readonly keys: readonly string[];
}

/** The keys of the window as somebody chose them. */
export interface KeymapSlice {
  readonly keymap: Keymap;
  /** Gives a shortcut other keys; who had them gets those that become free. */
  bind(rebinding: Rebinding): void;
  /** All as they usually are. */
  resetAll(): void;
  /** Another window chose. */
  follow(preferences: Preferences): void;
}

export const onMac = /mac|iphone|ipad/i.test(navigator.platform);

const usualKeys = (name: ShortcutName): readonly string[] => (shortcuts[name] satisfies Shortcut).usual;

const usual = Object.fromEntries(shortcutNames.map((name) => [name, usualKeys(name)])) as Keymap;

const same = (one: readonly string[], other: readonly string[]): boolean => one.join(' ') === other.join(' ');

/** Whether a shortcut has its usual keys. */
export const isUsual = (keymap: Keymap, name: ShortcutName): boolean => same(keymap[name], usualKeys(name));

/** The rebinding that gives a shortcut its usual keys. */
export const toUsual = (name: ShortcutName): Rebinding => ({ name, keys: usualKeys(name) });

/** The shortcuts that have some of these keys now, beside the one that is to get them. */
export const clashing = (keymap: Keymap, { name, keys }: Rebinding): readonly ShortcutName[] =>
  shortcutNames.filter((other) => other !== name && keymap[other].some((one) => keys.includes(one)));

/** The keymap after a rebinding: who had the keys gets those that become free. */
export function rebound(keymap: Keymap, { name, keys }: Rebinding): Keymap {
  const free = keymap[name].filter((one) => !keys.includes(one));
  const given = clashing(keymap, { name, keys }).map((other) => [
    other,
    keymap[other].map((one) => (keys.includes(one) ? (free.shift() ?? one) : one)),
  ]);
  return { ...keymap, ...Object.fromEntries(given), [name]: keys };
}

/** The keymap that was kept; the usual one should another version have left keys that clash with today's. */
function keptKeymap({ keymap: kept = [] }: Preferences): Keymap {
  const chosen = kept.flatMap((entry) => {
    const [name, keys = ''] = entry.split(/=(.*)/s, 2);
    const shortcut = shortcutNames.find((one) => one === name);
    const all = keys.split(' ');
    return shortcut !== undefined && all.length === usual[shortcut].length ? [[shortcut, all] as const] : [];
  });
  const keymap: Keymap = { ...usual, ...Object.fromEntries(chosen) };
  const all = Object.values(keymap).flat();
  return new Set(all).size === all.length ? keymap : usual;
}

export const keymapSlice: MakeSlice<KeymapSlice, UsesPreferences> = ({ get, set, uses, preferences }) => {
  const choose = (keymap: Keymap) => {
    const chosen = shortcutNames.filter((name) => !isUsual(keymap, name));
    uses().preferences.keep({ keymap: chosen.map((name) => `${name}=${keymap[name].join(' ')}`) });
    set({ keymap });
  };
  return {
    keymap: keptKeymap(preferences),
    bind: (rebinding) => choose(rebound(get().keymap, rebinding)),
    resetAll: () => choose(usual),
    follow: (kept) => set({ keymap: keptKeymap(kept) }),
  };
};
