import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HostMessage, PageMessage } from '../../preload/contract/bridge.ts';
import type { Reply } from '../../preload/contract/wire.ts';
import '../helpers/electron/register.mjs';
import { until } from '../helpers/until.ts';
import { dispatchOf, errorOf } from './handlers.ts';

// Load these after the stand-in has replaced Electron, whose own module would download its binary.
const { startIpc } = await import('../../main/transport/ipc.ts');
const { ipcMain } = await import('../helpers/electron/ipcMain.ts');

type Mint = Parameters<typeof dispatchOf>[0]['devices'];

/** The part of a page that a transport uses. */
class Page extends EventEmitter {
  readonly heard: HostMessage[] = [];
  gone = false;
  isDestroyed = () => this.gone;
  send = (_channel: string, told: HostMessage) => void this.heard.push(told);
}

function startWith(devices: Mint = {}) {
  const listeners = new Set<(name: 'tokens.changed', data: object) => void>();
  const ipc = startIpc({
    dispatch: dispatchOf(
      { scopes: { list: () => ({ items: [] }) }, ...(devices && { devices }) },
      { submit: (work) => nextTurn().then(work) },
    ),
    subscribe: (listener) => {
      listeners.add(listener as never);
      return () => listeners.delete(listener as never);
    },
    isOurs: ({ sender }) => (sender as unknown) !== stranger,
  });
  const page = new Page();
  ipc.attach(page as never);
  return {
    ipc,
    page,
    listeners,
    call: (message: unknown, sender: Page = page) =>
      ipcMain.invoked({ sender }, 'keyfob:call', [message]) as Promise<Reply>,
    send: (message: PageMessage) => ipcMain.emit('keyfob:call', { sender: page }, message),
  };
}
const stranger = new Page();

const mint = (number: number) => ({
  number,
  method: 'devices.mint',
  input: { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad', 'iphone', 'pixel'] },
});

/** Mints until it is stopped. */
const endless: Mint = {
  *mint() {
    for (let done = 1; ; done += 1) yield { done, total: done + 1 };
  },
};

test('answers calls and malformed messages with the reply envelope', async () => {
  const { ipc, call } = startWith();
  assert.deepEqual(await call({ number: 1, method: 'scopes.list', input: {} }), { ok: true, output: { items: [] } });
  assert.equal(errorOf(await call({ number: 2, method: 'scopes.nothing' })).code, 'bad_input');
  const nonsense = [
    undefined,
    null,
    'scopes.list',
    {},
    { method: 'scopes.list' },
    { number: 1 },
    { number: 1.5, method: 'a' },
  ];
  for (const message of [...nonsense, { number: 1, cancel: true }]) {
    assert.equal(errorOf(await call(message)).code, 'bad_input', JSON.stringify(message));
  }
  await ipc.close();
});

test('refuses a foreign sender before it reads the message', async () => {
  const { ipc, call } = startWith();
  const refused = errorOf(await call({ number: 1, method: 'scopes.list', input: {} }, stranger));
  assert.equal(refused.code, 'unauthenticated');
  await ipc.close();
});

test('sends events and progress to a page, until it is destroyed', async () => {
  const { ipc, page, call, listeners } = startWith({
    *mint() {
      yield { done: 1, total: 2 };
      return { items: [] };
    },
  });
  assert.deepEqual(await call(mint(7)), { ok: true, output: { items: [] } });
  for (const listener of listeners) listener('tokens.changed', { tokenIds: [1] });
  assert.deepEqual(page.heard, [
    { kind: 'progress', news: { number: 7, progress: { done: 1, total: 2 } } },
    { kind: 'event', news: { name: 'tokens.changed', data: { tokenIds: [1] } } },
  ]);
  page.gone = true;
  page.emit('destroyed');
  assert.equal(listeners.size, 0);
  await ipc.close();
});

test('stops a bulk call when its page cancels it, reloads or dies; other calls continue', async () => {
  const { ipc, page, call, send } = startWith(endless);
  const stops = [
    () => send({ number: 1, cancel: true }),
    () => page.emit('did-navigate'),
    () => page.emit('render-process-gone'),
  ];
  for (const stop of stops) {
    const running = call(mint(1));
    await until('its first step', () => page.heard.length > 0);
    send({ number: 2, cancel: true });
    stop();
    assert.match(errorOf(await running).message, /^Cancelled\. \d+ of \d+ were done before, and stay\.$/);
    page.heard.length = 0;
  }
  await ipc.close();
});

test('closing stops running calls, waits for their replies, and refuses new ones', async () => {
  const { ipc, page, call } = startWith(endless);
  const running = call(mint(1));
  await until('its first step', () => page.heard.length > 0);
  const closed = ipc.close();
  assert.equal(errorOf(await call({ number: 2, method: 'scopes.list', input: {} })).code, 'cancelled');
  assert.equal(errorOf(await running).code, 'cancelled');
  await closed;
  await assert.rejects(call({ number: 3, method: 'scopes.list', input: {} }), /No handler/);
});
