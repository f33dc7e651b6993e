import { expect, test } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { TokensPage } from './pages/tokens.ts';

/** Device tokens of a user in a new application. Gives their ids. */
async function mint({ call }: ServedKeyfob, ...device: readonly string[]): Promise<readonly number[]> {
  await call('applications.create', { name: 'Shop' });
  await call('users.create', { username: 'tester', password: 's3cret' });
  const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
  await call('keys.generate', shop);
  const { items } = await call('devices.mint', { ...shop, username: 'tester', device: [...device] });
  return items.map(({ id }) => id);
}

test('shows a moved clock on every screen, and resets it with one press', async ({ shell, page, keyfob }) => {
  await keyfob.call('settings.write', { clockOffsetSeconds: 5400 });
  await expect(page.getByText('Clock moved 1 h 30 min ahead.')).toBeVisible();
  await shell.goTo('Tokens');
  await expectAccessible(page);
  await takePictures(page, 'movedClock');
  await page.getByRole('button', { name: 'Reset clock' }).click();
  await expect(page.getByText('Clock moved')).toBeHidden();
  expect((await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(0);
});

test('moves the clock from the status bar', async ({ shell, page, keyfob }) => {
  const chip = shell.status.getByRole('button', { name: /^Clock: / });
  await expect(chip).toHaveText('Clock: real time');
  await chip.press('Enter');
  const popover = shell.dialog('Token clock');
  await popover.getByRole('button', { name: '+1 day' }).press('Enter');
  await expect(chip).toHaveText('Clock: +1 day');
  await popover.getByRole('button', { name: '−1 h' }).press('Enter');
  await expect(chip).toHaveText('Clock: +23 h');
  expect((await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(82_800);
  await expectAccessible(page);
  await popover.getByRole('button', { name: 'Reset' }).press('Enter');
  await expect(chip).toHaveText('Clock: real time');
  await popover.getByRole('link', { name: 'Custom offset…' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Clock' })).toBeVisible();
});

test('turns the clock along a time line, and the list follows before it is set', async ({ shell, page, keyfob }) => {
  const [ipad = 0, pixel = 0] = await mint(keyfob, 'ipad', 'pixel');
  await keyfob.call('tokens.setExpiry', { token: `${ipad}`, inSeconds: 1800 });
  await keyfob.call('tokens.setExpiry', { token: `${pixel}`, inSeconds: 3000 });
  const offset = async () => (await keyfob.call('settings.read', {})).clockOffsetSeconds;
  await shell.goTo('Tokens');
  const list = new TokensPage(page);
  const row = list.row(ipad);
  await expect(row).not.toContainText('Expired');
  const chip = shell.status.getByRole('button', { name: /^Clock: / });
  await chip.click();
  const popover = shell.dialog('Token clock');
  const slider = popover.getByRole('slider', { name: 'Clock offset' });
  await expect(slider).toHaveAttribute('max', '3600');
  await takePictures(page, 'timeMachine');
  await expectAccessible(page);

  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider has no box');
  await page.mouse.move(box.x + 8, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 4 });
  await expect(popover).toContainText('Expire by then: 1 token, 0 refresh tokens.');
  await expect(row).toContainText('Expired');
  expect(await offset()).toBe(0);
  await page.mouse.up();
  await expect.poll(offset).toBeGreaterThan(1800);
  await expect(chip).toHaveText(/^Clock: \+4\d min/);

  await popover.getByRole('button', { name: /^To the next expiry pixel of Shop in / }).click();
  await expect(chip).toHaveText(/^Clock: \+(49|50) min/);
  await expect(list.row(pixel)).toContainText('Expired');
  await popover.getByRole('button', { name: /^To the end of a refresh token / }).click();
  await expect.poll(offset).toBeGreaterThan(80_000);
  await page.keyboard.press('Escape');
  await shell.press('Alt+0');
  await expect(chip).toHaveText('Clock: real time');
  await expect(row).not.toContainText('Expired');
});

test('a drag that is left before its end changes nothing', async ({ shell, page, keyfob }) => {
  const [ipad = 0] = await mint(keyfob, 'ipad');
  await shell.goTo('Tokens');
  await shell.status.getByRole('button', { name: /^Clock: / }).press('Enter');
  const slider = shell.dialog('Token clock').getByRole('slider');
  await slider.focus();
  await page.keyboard.down('End');
  const row = new TokensPage(page).row(ipad);
  await expect(row).toContainText('Expired');
  await page.keyboard.press('Escape');
  await page.keyboard.up('End');
  await expect(row).not.toContainText('Expired');
  expect((await keyfob.call('settings.read', {})).clockOffsetSeconds).toBe(0);
});
