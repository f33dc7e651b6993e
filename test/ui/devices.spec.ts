import { test as base, expect } from './fixtures.ts';
import type { ServedKeyfob } from './keyfob.ts';
import { expectAccessible, takePictures } from './looks.ts';
import { Devices } from './pages/devices.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const tester = { ...shop, username: 'tester' };

/** An application with Production keys, and a user who can log in. */
async function furnish(keyfob: ServedKeyfob): Promise<void> {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', shop);
  await keyfob.call('users.create', { username: 'tester', password: 's3cret' });
}

const test = base.extend<{ readonly devices: Devices; readonly furnished: boolean }>({
  furnished: [true, { option: true }],
  devices: async ({ page, keyfob, furnished }, use) => {
    if (furnished) await furnish(keyfob);
    const devices = new Devices(page);
    await devices.open(`${await keyfob.newUrl()}`);
    await devices.press('Alt+2');
    await expect(devices.heading).toHaveText('Device tokens');
    await use(devices);
  },
});

test('three device tokens by the keyboard alone: typed, minted, copied', async ({ devices, page, keyfob }) => {
  await expect(devices.names).toBeFocused();
  await page.keyboard.type('ipad, iphone, pixel');
  await expect(devices.chips).toHaveText([/ipad.*device_ipad/, /iphone.*device_iphone/]);
  await takePictures(page, 'devicesTyped', ['1280x800']);
  await devices.press('Mod+Enter');
  await expect(devices.news).toContainText('3 different tokens minted');
  await expect(devices.rows).toHaveCount(3);
  await expect(devices.rows.nth(0)).toContainText('device_ipad');
  await expect(devices.rows.nth(2)).toContainText('device_pixel');
  await expect(devices.names).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'devices');

  const { items } = await keyfob.call('devices.list', tester);
  const values = await keyfob.call('tokens.revealMany', { ids: items.map(({ id }) => id) });
  const ends = values.items.map(({ accessToken }) => accessToken.slice(-4)).reverse();
  for (const [index, end] of ends.entries()) await expect(devices.rows.nth(index)).toContainText(end);
});
