/** The part of a `KeyboardEvent` that says which keys are down. */
export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const signs: Readonly<Record<string, string>> = {
  Slash: '/',
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
};

/** Keys as text for people, with Mod for Ctrl or Cmd: `Mod+Shift+G`. */
export const shownKeys = (keys: string): string =>
  keys
    .split('+')
    .map((part) => (part === '$mod' ? 'Mod' : (signs[part] ?? part.replace(/^(Key|Digit)(?=.$)/, ''))))
    .join('+');

/** Keys for `aria-keyshortcuts`: `Control+Shift+G`. */
export const ariaKeys = (keys: string, onMac: boolean): string =>
  shownKeys(keys).replace('Mod', onMac ? 'Meta' : 'Control');

const modifiers = ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'OS', 'CapsLock', 'Fn'];

/** Keys that browsers, systems and text fields use. The value ends the sentence "It …". */
const taken: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['A', 'C', 'V', 'X', 'Y', 'Z'].map((key) => [`$mod+Key${key}`, 'edits text'])),
  '$mod+Shift+KeyZ': 'edits text',
  '$mod+Shift+KeyV': 'edits text',
  ...Object.fromEntries(['T', 'W', 'N', 'Q'].map((key) => [`$mod+Key${key}`, 'opens or closes windows'])),
  ...Object.fromEntries(['T', 'W', 'N', 'Q'].map((key) => [`$mod+Shift+Key${key}`, 'opens or closes windows'])),
  '$mod+KeyR': 'reloads the window',
  '$mod+Shift+KeyR': 'reloads the window',
  '$mod+KeyH': 'belongs to the system',
  '$mod+KeyM': 'belongs to the system',
  '$mod+Shift+KeyI': 'opens the developer tools',
  '$mod+Shift+KeyJ': 'opens the developer tools',
  '$mod+Minus': 'zooms',
  '$mod+Equal': 'zooms',
  '$mod+Shift+Equal': 'zooms',
  '$mod+Digit0': 'zooms',
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`$mod+Digit${at + 1}`, 'opens a tab of the browser'])),
  'Alt+F4': 'closes the window',
  '$mod+F4': 'closes the window',
  F1: 'opens the help',
  F3: 'searches the page',
  F5: 'reloads the window',
  F6: 'focuses the browser',
  F7: 'belongs to the browser',
  F8: 'focuses the notifications',
  F10: 'opens the menu',
  F11: 'fills the screen',
  F12: 'opens the developer tools',
};

const bindable =
  /^(Key[A-Z]|Digit\d|F\d{1,2}|Enter|Slash|Comma|Period|Semicolon|Quote|Bracket(Left|Right)|Backslash|Backquote|Minus|Equal)$/;

export type ReadPress =
  /** Only modifier keys so far. */
  | { readonly kind: 'begun' }
  /** In the form that shortcuts use. */
  | { readonly kind: 'keys'; readonly keys: string }
  /** Not possible for a shortcut. `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): ReadPress => ({ kind: 'refused', why });

/** Reads a key press: gives the keys in the form of shortcuts, or why no shortcut can use them. `onMac`: Cmd replaces Ctrl. */
export function readPress(press: KeyPress, onMac: boolean): ReadPress {
  if (modifiers.includes(press.key)) return { kind: 'begun' };
  const mod = onMac ? press.metaKey : press.ctrlKey;
  const { altKey, shiftKey } = press;
  if (onMac ? press.ctrlKey : press.metaKey) return refused(`${onMac ? 'Control' : 'This key'} belongs to the system.`);
  const code = press.code === 'NumpadEnter' ? 'Enter' : press.code;
  if (code === 'Tab') return refused('Tab moves through the window.');
  if (code === 'Escape') return refused('Escape closes what is open.');
  if (!bindable.test(code)) return refused('Lists and text fields need this key.');
  if (mod && altKey && !onMac) return refused('Ctrl with Alt types letters on many keyboards.');
  if (!mod && !altKey && !/^F\d/.test(code))
    return refused(`Add ${onMac ? '⌘ or ⌥' : 'Ctrl or Alt'}: alone it is for typing.`);
  const keys = [...(mod ? ['$mod'] : []), ...(altKey ? ['Alt'] : []), ...(shiftKey ? ['Shift'] : []), code].join('+');
  return { kind: 'keys', keys };
}

/** Why no shortcut can use these keys, as a sentence; `undefined` when one can. */
export const whyReserved = (keys: string): string | undefined => {
  const use = taken[keys];
  return use && `It ${use}.`;
};
