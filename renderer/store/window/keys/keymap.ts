import type { Preferences } from '../../../../preload/contract/preferences.ts';
import type { MakeSlice } from '../../core/slice.ts';
import type { UsesPreferences } from '../preferences.ts';
import { type Shortcut, type ShortcutName, shortcutNames, shortcuts } from './shortcuts.ts';

/** The keys of each shortcut. Where space is short, only the first ones are shown. */
export type Keymap = Readonly<Record<ShortcutName, readonly string[]>>;

/** New keys for a shortcut, as many as it has now. */
export interface Rebinding {
  readonly name: ShortcutName;
  readonly keys: readonly string[];
}

/** The chosen keys of the window. */
export interface KeymapSlice {
  readonly keymap: Keymap;
  /** Gives a shortcut new keys. A shortcut that had them gets the old keys in exchange. */
  bind(rebinding: Rebinding): void;
  /** Gives every shortcut its default keys. */
  resetAll(): void;
  /** Takes the keys that another window chose. */
  follow(preferences: Preferences): void;
}

export const onMac = /mac|iphone|ipad/i.test(navigator.platform);

const usualKeys = (name: ShortcutName): readonly string[] => (shortcuts[name] satisfies Shortcut).usual;

const usual = Object.fromEntries(shortcutNames.map((name) => [name, usualKeys(name)])) as Keymap;

const same = (one: readonly string[], other: readonly string[]): boolean => one.join(' ') === other.join(' ');

/** Whether a shortcut has its default keys. */
export const isUsual = (keymap: Keymap, name: ShortcutName): boolean => same(keymap[name], usualKeys(name));

/** The rebinding that gives a shortcut its default keys. */
export const toUsual = (name: ShortcutName): Rebinding => ({ name, keys: usualKeys(name) });

/** The other shortcuts that use some of these keys now. */
export const clashing = (keymap: Keymap, { name, keys }: Rebinding): readonly ShortcutName[] =>
  shortcutNames.filter((other) => other !== name && keymap[other].some((one) => keys.includes(one)));

/** The keymap after a rebinding. Other shortcuts that had the keys get the old ones in exchange. */
export function rebound(keymap: Keymap, { name, keys }: Rebinding): Keymap {
  const free = keymap[name].filter((one) => !keys.includes(one));
  const given = clashing(keymap, { name, keys }).map((other) => [
    other,
    keymap[other].map((one) => (keys.includes(one) ? (free.shift() ?? one) : one)),
  ]);
  return { ...keymap, ...Object.fromEntries(given), [name]: keys };
}

/** The stored keymap. Gives the default one when another version stored keys that clash with the current ones. */
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
