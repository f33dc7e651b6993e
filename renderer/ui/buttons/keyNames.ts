const onMac = /mac|iphone|ipad/i.test(navigator.platform);
const names: Readonly<Record<string, readonly [other: string, mac: string]>> = {
  Mod: ['Ctrl', '⌘'],
  Shift: ['Shift', '⇧'],
  Alt: ['Alt', '⌥'],
  Enter: ['Enter', '↩'],
  Escape: ['Esc', 'esc'],
  ArrowUp: ['↑', '↑'],
  ArrowDown: ['↓', '↓'],
  ArrowRight: ['→', '→'],
};

/** The keys of a shortcut like "Mod+Shift+C", in this system's form: Mod is ⌘ on macOS, otherwise Ctrl. */
export const keyNames = (keys: string): readonly string[] =>
  keys.split('+').map((key) => names[key]?.[onMac ? 1 : 0] ?? key);
