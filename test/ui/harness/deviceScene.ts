import { expect, type Page } from '@playwright/test';
import { Devices } from '../pages/devices.ts';
import type { ServedKeyfob } from './keyfob.ts';

export const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
export const tester = { ...shop, username: 'tester' };

/** An application with Production keys, and a user who can log in. */
export async function furnish(keyfob: ServedKeyfob): Promise<void> {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', shop);
  await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
}

/** Devices and values of the active tokens, oldest first. */
export async function liveValues(keyfob: ServedKeyfob): Promise<ReadonlyMap<string, string>> {
  const { items } = await keyfob.call('devices.list', tester);
  const live = items.reverse();
  const revealed = await keyfob.call('tokens.revealMany', { ids: live.map(({ id }) => id) });
  return new Map(live.map(({ device = '' }, index) => [device, revealed.items[index]?.accessToken ?? '']));
}

/** Opens the screen of device tokens. */
export async function openDevices(page: Page, keyfob: ServedKeyfob): Promise<Devices> {
  const devices = new Devices(page);
  await devices.open(await keyfob.newUrl());
  await devices.press('Alt+2');
  await expect(devices.heading).toHaveText('Device tokens');
  return devices;
}
