import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore } from 'zustand';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import type { Host, HostNews } from '../../../renderer/host/host.ts';
import type { Keyfob } from '../../../renderer/store/context.ts';
import type { Follower } from '../../../renderer/store/core/slice.ts';
import { live } from '../../../renderer/store/live.ts';

/** A store with one follower, which logs its calls, and a host that sends news on request. */
function start(readState: VaultStatus['state'] | undefined) {
  const calls: string[] = [];
  const follower: Follower = {
    start: () => calls.push('start'),
    connected: () => calls.push('connected'),
    heard: ({ name }) => calls.push(name),
    vaultChanged: () => calls.push('vaultChanged'),
    vaultLocked: () => calls.push('vaultLocked'),
  };
  const byKey = readState === undefined ? {} : { 'vault.status {}': { value: { state: readState } } };
  const connection = { become: (state: string) => calls.push(`is ${state}`) };
  const store = createStore(() => ({ reads: { byKey }, connection, follower }));
  let send: (news: HostNews) => void = () => assert.fail('no listener');
  const host: Pick<Host, 'on'> = {
    on(listener) {
      send = listener;
      return () => undefined;
    },
  };
  live({ host, store } as unknown as Keyfob);
  return {
    /** Sends news and gives the calls since the last time. */
    after: (...news: readonly HostNews[]) => {
      for (const each of news) send(each);
      return calls.splice(0);
    },
  };
}

const vaultIs = (state: VaultStatus['state']): HostNews => ({
  kind: 'event',
  name: 'vault.changed',
  data: { state } as VaultStatus,
});

test('starts every slice, and passes on events and connections', () => {
  const window = start(undefined);
  assert.deepEqual(window.after(), ['start']);
  assert.deepEqual(window.after({ kind: 'connected' }), ['is connected', 'connected']);
  assert.deepEqual(window.after({ kind: 'event', name: 'tokens.changed', data: {} }), ['tokens.changed']);
  assert.deepEqual(window.after({ kind: 'lost' }), ['is lost']);
  assert.deepEqual(window.after({ kind: 'ended' }), ['is ended']);
});

test('reports a new state of the vault once, and a lock right after it', () => {
  const window = start('unlocked');
  window.after();
  assert.deepEqual(window.after(vaultIs('unlocked')), ['vault.changed']);
  assert.deepEqual(window.after(vaultIs('locked')), ['vaultChanged', 'vaultLocked', 'vault.changed']);
  assert.deepEqual(window.after(vaultIs('locked')), ['vault.changed']);
  assert.deepEqual(window.after(vaultIs('unlocked')), ['vaultChanged', 'vault.changed']);
});

test('compares with the state that was read, after a gap in the events', () => {
  const window = start('unlocked');
  window.after(vaultIs('locked'));
  assert.deepEqual(window.after({ kind: 'connected' }, vaultIs('locked')).slice(2), [
    'vaultChanged',
    'vaultLocked',
    'vault.changed',
  ]);
  assert.deepEqual(start(undefined).after(vaultIs('unlocked')), ['start', 'vaultChanged', 'vault.changed']);
});
