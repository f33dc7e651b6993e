import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import jsqr from 'jsqr';
import { furnish, liveValues, openDevices, shop, tester } from './harness/deviceScene.ts';
import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePicture, takePictures } from './harness/looks.ts';
import type { Devices } from './pages/devices.ts';
import { closeDialog, Palette } from './pages/palette.ts';

const test = base.extend<{ readonly devices: Devices }>({
  devices: async ({ page, keyfob }, use) => {
    await furnish(keyfob);
    await use(await openDevices(page, keyfob));
  },
});

/** Counts the presses of a pointer from now on. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let clicks = 0;
    document.addEventListener('click', ({ detail }) => (clicks += detail > 0 ? 1 : 0), { capture: true });
    Reflect.set(globalThis, 'clicksUntilNow', () => clicks);
  });
  const now = () => page.evaluate(() => (Reflect.get(globalThis, 'clicksUntilNow') as () => number)());
  let before = await now();
  return async () => {
    const clicks = (await now()) - before;
    before = await now();
    return clicks;
  };
}

/** What a scanner reads from a code as it is drawn. */
async function scanned(page: Page, code: Locator): Promise<string | undefined> {
  const png = (await code.screenshot()).toString('base64');
  const { data, width, height } = await page.evaluate(async (text) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    return { data: [...pixels], width: image.width, height: image.height };
  }, png);
  return jsqr.default(Uint8ClampedArray.from(data), width, height)?.data;
}

test('a set keeps what was typed, fills the form, and mints in one step and in its order', async ({
  devices,
  page,
  keyfob,
}) => {
  const sets = page.getByRole('dialog', { name: 'Device sets' });
  await devices.names.focus();
  await page.keyboard.type('pixel, ipad, a1,');
  const lifetime = page.getByRole('textbox', { name: 'Lifetime' });
  await lifetime.fill('soon');
  await expect(page.getByRole('alert')).toContainText('Use 15m, 1 h or never.');
  await devices.press('Mod+Enter');
  await expect(devices.chips).toHaveCount(3);
  await lifetime.fill('10m');
  await takePictures(page, 'deviceSetsForm', ['1280x800', '960x640']);
  await page.getByRole('button', { name: 'Sets' }).click();
  await expect(sets).toContainText('No sets yet');
  await sets.getByRole('button', { name: 'Save 3 devices as a set…' }).click();
  const saving = devices.dialog('Save 3 devices as a set');
  await saving.getByLabel('Name').fill('Release 4 phones');
  await expectAccessible(page);
  await takePicture(page, 'deviceSetsSave');
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 devices saved as Release 4 phones.', { exact: true })).toBeVisible();
  const { items } = await keyfob.call('deviceSets.list', {});
  expect(items).toMatchObject([
    { name: 'Release 4 phones', devices: ['pixel', 'ipad', 'a1'], user: 'tester', validitySeconds: 600 },
  ]);

  await page.getByRole('button', { name: 'Sets' }).click();
  await expect(sets).toContainText('3 devices · 10 min');
  await expectAccessible(page);
  await takePictures(page, 'deviceSets', ['1280x800', '960x640']);
  await sets.getByRole('button', { name: 'Mint Release 4 phones' }).click();
  await expect(devices.rows).toHaveCount(3);
  for (const [at, name] of ['pixel', 'ipad', 'a1'].entries()) await expect(devices.rows.nth(at)).toContainText(name);
  expect([...(await liveValues(keyfob)).keys()]).toEqual(['pixel', 'ipad', 'a1']);
  const minted = (await keyfob.call('devices.list', tester)).items;
  expect(minted.map(({ issuedAtMs, expiresAtMs }) => (expiresAtMs ?? 0) - issuedAtMs)).toEqual([
    600_000, 600_000, 600_000,
  ]);
  await expect(devices.chips).toHaveCount(0);

  // A live token keeps its own expiry, and the news says so.
  await page.getByRole('button', { name: 'Sets' }).click();
  await sets.getByRole('button', { name: 'Fill in Release 4 phones' }).click();
  await expect(devices.chips).toHaveCount(3);
  await expect(lifetime).toHaveValue('10 min');
  await lifetime.fill('never');
  await devices.mint.click();
  await expect(devices.news).toContainText('keep the tokens they have, with their own expiry');
});

test('saves a selection as a set, replaces, renames and deletes it, and brings it back', async ({
  devices,
  page,
  keyfob,
}) => {
  const sets = page.getByRole('dialog', { name: 'Device sets' });
  await keyfob.call('deviceSets.save', { ...shop, name: 'Phones', device: ['old'], validitySeconds: 60 });
  await keyfob.call('scopes.create', { name: 'read' });
  await keyfob.call('devices.mint', { ...tester, device: ['ipad', 'iphone', 'tv'], scope: 'read' });
  await expect(devices.rows).toHaveCount(3);
  for (const device of ['ipad', 'tv']) await page.getByRole('checkbox', { name: `Select ${device}` }).click();
  await page.getByRole('button', { name: 'Save as a set' }).click();
  const saving = devices.dialog('Save 2 devices as a set');
  await expect(saving).toContainText('ipad and tv in this order, the extra scopes read.');
  await saving.getByLabel('Name').fill('Phones');
  await expect(saving).toContainText('Phones exists: 1 device of Production, application tokens. Saving replaces it.');
  await saving.getByRole('button', { name: 'Replace set' }).click();
  await expect(saving).toBeHidden();
  const named = async () =>
    (await keyfob.call('deviceSets.list', {})).items.map(({ name, devices: all, user, scope }) => ({
      ...{ name, user, scope, devices: all },
    }));
  const set = { user: 'tester', scope: 'read', devices: ['ipad', 'tv'] };
  expect(await named()).toEqual([{ name: 'Phones', ...set }]);

  await page.getByRole('button', { name: 'Sets' }).click();
  await sets.getByRole('button', { name: 'Rename Phones' }).click();
  await devices.dialog('Rename Phones').getByLabel('Name').fill('Living room');
  await page.keyboard.press('Enter');
  await expect(devices.dialog('Rename Phones')).toBeHidden();
  await page.getByRole('button', { name: 'Sets' }).click();
  await sets.getByRole('button', { name: 'Delete Living room' }).click();
  await expect(page.getByText('Living room was deleted.', { exact: true })).toBeVisible();
  expect(await named()).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(named).toEqual([{ name: 'Living room', ...set }]);

  // The palette mints a set of another owner too, and shows it.
  await keyfob.call('deviceSets.save', { ...shop, name: 'Robots', device: ['r2', 'c3'] });
  const palette = new Palette(page);
  await palette.run('mint robots', /^Mint Robots/);
  await expect(devices.rows).toHaveCount(2);
  await expect(devices.rows.first()).toContainText('r2');
  await expect(devices.news).toContainText('2 different tokens minted');

  // The other verbs too, from any screen.
  await devices.goTo('Scopes');
  await palette.run('fill robots', /^Fill in Robots/);
  await expect(devices.chips).toHaveText([/r2/, /c3/]);
  await palette.run('rename living', /^Rename Living room…/);
  await closeDialog(devices.dialog('Rename Living room'));
  await palette.run('delete robots', /^Delete the device set Robots/);
  await expect(page.getByText('Robots was deleted.', { exact: true })).toBeVisible();
});

test('twelve devices become calls, an .http file and a QR sheet in three clicks each', async ({
  devices,
  page,
  keyfob,
}) => {
  const device = Array.from({ length: 12 }, (_, at) => `pixel-${String(at + 21).padStart(3, '0')}`);
  await keyfob.call('devices.mint', { ...tester, device });
  await expect(devices.rows).toHaveCount(12);
  const values = await liveValues(keyfob);
  const clicks = await countClicks(page);
  const dialog = devices.dialog('Export 12 tokens');
  const save = async (name: RegExp) => {
    const saving = page.waitForEvent('download');
    await dialog.getByRole('button', { name }).click();
    const saved = await saving;
    expect(await clicks()).toBeLessThanOrEqual(3);
    return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), 'utf8') };
  };

  await page.getByRole('button', { name: 'Export…' }).click();
  const calls = await save(/^Save/);
  expect(calls.name).toBe('keyfob-shop-bash.zip');
  for (const name of device) expect(calls.text).toContain(`echo '${name}: API'`);

  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog.getByRole('radio', { name: '.http file' }).click();
  const http = await save(/^Save/);
  expect(http.name).toBe('keyfob-shop-http.zip');
  for (const name of device) expect(http.text).toContain(`### Call as ${name}`);

  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog.getByRole('radio', { name: 'QR codes to print' }).click();
  await expect(dialog).toContainText('12 codes on A4 or Letter');
  await expectAccessible(page);
  await takePictures(page, 'devicesExportQr', ['1280x800', '960x640']);
  const sheet = await save(/^Save file$/);
  expect(sheet.name).toBe('qr-sheet.html');
  expect(sheet.text).not.toContain(values.get('pixel-021'));

  // The print dialog of a browser cannot be driven, so the page is looked at in its place.
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog.getByRole('radio', { name: 'QR codes to print' }).click();
  await dialog.getByRole('button', { name: 'Print…' }).click();
  expect(await clicks()).toBeLessThanOrEqual(3);
  await expect(page.getByRole('heading', { name: 'Device tokens of Shop' })).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: 'Device tokens of Shop' })).toBeVisible();
  await expect(page.getByRole('main')).toBeHidden();
  const codes = page.locator('[data-printed] svg');
  await expect(codes).toHaveCount(12);
  expect(await scanned(page, codes.first())).toBe(values.get('pixel-021'));
  expect(await scanned(page, codes.last())).toBe(values.get('pixel-032'));
  await takePicture(page, 'devicesQrSheet');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(codes).toHaveCount(0);
  await page.emulateMedia({ media: null });
  await expect(page.getByRole('main')).toBeVisible();
});

test('codes and exports follow the order on the screen', async ({ devices, page, keyfob }) => {
  await keyfob.call('devices.mint', { ...tester, device: ['b', 'c', 'a'] });
  await expect(devices.rows).toHaveCount(3);
  await devices.table.getByRole('button', { name: 'Device' }).click();
  await expect(devices.rows.first()).toContainText('a');
  await devices.button('Show the QR code of', 'a').click();
  await expect(devices.dialog('Token of a')).toContainText('1 of 3');
  await page.keyboard.press('ArrowRight');
  await devices.dialog('Token of b').getByRole('button', { name: 'Next device' }).click();
  await expect(devices.dialog('Token of c')).toContainText('3 of 3');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = devices.dialog('Export 3 tokens');
  await dialog.getByRole('radio', { name: 'CSV' }).click();
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText(/a,.*\nb,.*\nc,/s);
});
