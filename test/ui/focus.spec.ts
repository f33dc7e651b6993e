import type { Locator } from '@playwright/test';
import { test as base, expect } from './harness/fixtures.ts';
import { places } from './harness/places.ts';
import { fillTokens, type TokenScene } from './harness/tokenScene.ts';
import { EveryButton } from './pages/everyButton.ts';

const test = base.extend<{ readonly scene: TokenScene }>({
  scene: async ({ keyfob }, use) => {
    await keyfob.call('endpoint.start', { port: 0 });
    await use(await fillTokens(keyfob));
  },
});

/** These leave the screen, so other specs press them. */
const leaves = /^(Lock now|Lock)$/;

async function pressAll(every: EveryButton): Promise<void> {
  await every.go();
  for (const name of await every.names()) {
    if (leaves.test(name)) continue;
    await every.go();
    await every.press(name);
  }
}

for (const place of places) {
  test(`the focus is never lost: ${place}`, async ({ scene: _, shell, page }) => {
    await expect(shell.navigation).toBeVisible();
    await pressAll(new EveryButton(page, `#/${place}`));
  });
}

test('the focus is never lost around the screens', async ({ scene: _, shell, page }) => {
  await shell.goTo('Device tokens');
  await expect(shell.snippets.getByRole('tab').first()).toBeVisible();
  const context = page.getByRole('region', { name: 'Context', exact: true });
  const parts: readonly Locator[] = [shell.navigation, context, shell.snippets, shell.status];
  for (const part of parts) await pressAll(new EveryButton(page, '#/devices', part));
});
