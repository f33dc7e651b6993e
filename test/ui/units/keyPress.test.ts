import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ariaKeys,
  type KeyPress,
  readPress,
  shownKeys,
  whyReserved,
} from '../../../renderer/store/window/keys/keyPress.ts';
import { type Shortcut, shortcutNames, shortcuts } from '../../../renderer/store/window/keys/shortcuts.ts';

const press = (code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  ...{ code, key: code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
});

const keysOf = (keys: KeyPress, onMac = false): string | undefined => {
  const read = readPress(keys, onMac);
  return read.kind === 'keys' ? read.keys : undefined;
};

test('reads a key press in the form of shortcuts, by the position of the key', () => {
  assert.equal(keysOf(press('KeyG', { key: 'п', ctrlKey: true, shiftKey: true })), '$mod+Shift+KeyG');
  assert.equal(keysOf(press('KeyG', { metaKey: true, altKey: true, shiftKey: true }), true), '$mod+Alt+Shift+KeyG');
  assert.equal(keysOf(press('NumpadEnter', { ctrlKey: true })), '$mod+Enter');
  assert.equal(keysOf(press('F9')), 'F9');
  assert.deepEqual(readPress(press('ShiftLeft', { key: 'Shift', shiftKey: true }), false), { kind: 'begun' });
});

test('refuses keys that move, type or belong to the system', () => {
  for (const keys of [
    press('Tab'),
    press('Tab', { ctrlKey: true }),
    press('Escape', { altKey: true }),
    press('KeyG'),
    press('KeyG', { shiftKey: true }),
    press('Space', { ctrlKey: true }),
    press('Backspace', { ctrlKey: true }),
    press('KeyG', { metaKey: true }),
    press('KeyE', { ctrlKey: true, altKey: true }),
    press('', { ctrlKey: true }),
  ])
    assert.equal(readPress(keys, false).kind, 'refused', JSON.stringify(keys));
  assert.equal(readPress(press('KeyG', { ctrlKey: true }), true).kind, 'refused');
});

test('writes keys for people and for assistive technology', () => {
  assert.equal(shownKeys('$mod+Shift+Slash'), 'Mod+Shift+/');
  assert.equal(shownKeys('Alt+Digit1'), 'Alt+1');
  assert.equal(ariaKeys('$mod+KeyK', true), 'Meta+K');
  assert.equal(ariaKeys('$mod+KeyK', false), 'Control+K');
});

test('gives no two shortcuts the same default keys, and reserved ones only where app windows allow them', () => {
  const usual = shortcutNames.flatMap((name) => (shortcuts[name] satisfies Shortcut).usual);
  assert.equal(new Set(usual).size, usual.length);
  assert.deepEqual(
    usual.filter((keys) => whyReserved(keys) !== undefined),
    ['$mod+KeyN'],
  );
});
