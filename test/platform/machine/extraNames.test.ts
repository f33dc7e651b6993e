import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { certificateNames } from '../../../main/platform/certificates/names.ts';
import { nameWarnings, networkAddresses } from '../../../main/platform/machine/extraNames.ts';

const leadsTo =
  (...addresses: string[]) =>
  async () =>
    addresses;

test('warns about addresses of other machines, except emulator addresses', async () => {
  assert.deepEqual(await nameWarnings(['127.0.0.1', '10.0.2.2', '10.0.3.2'], undefined), []);
  const [warning = ''] = await nameWarnings(['10.255.254.253'], undefined);
  assert.match(warning, /^10\.255\.254\.253 is not an address of this machine/);
});

test('says to restart when an address appeared after the endpoint started', async (t) => {
  const at = Object.values(networkInterfaces())
    .flat()
    .find((own) => own?.internal === false);
  if (at === undefined) return t.diagnostic('this machine has no address but loopback');
  assert.deepEqual(await nameWarnings([at.address], undefined), []);
  assert.match((await nameWarnings([at.address], ['127.0.0.1']))[0] ?? '', /Stop the endpoint and start it again/);
});

test('warns about a host name that resolves to an address without the endpoint', async () => {
  const listening = ['127.0.0.1', '::1'];
  assert.deepEqual(await nameWarnings(['shop.test'], listening, leadsTo('192.168.7.9', '192.168.7.9')), [
    'shop.test resolves to 192.168.7.9, but the endpoint does not listen there.',
  ]);
  assert.deepEqual(await nameWarnings(['shop.test'], listening, leadsTo('192.168.7.9', '::1')), []);
  assert.deepEqual(await nameWarnings(['shop.test'], listening, () => Promise.reject(new Error('ENOTFOUND'))), []);
  assert.deepEqual(await nameWarnings(['shop.test'], listening, () => new Promise(() => {})), []);
});

test('lists the addresses of this machine that a certificate may carry', () => {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  for (const address of networkAddresses()) {
    assert.equal(own.find((one) => one.address === address)?.internal, false, address);
    assert.doesNotThrow(() => certificateNames([address]));
  }
  const isPrivate = ({ address }: { address: string }) => /^(?:10\.|192\.168\.|fd)/.test(address);
  for (const { address } of own.filter(isPrivate)) assert.ok(networkAddresses().includes(address), address);
});
