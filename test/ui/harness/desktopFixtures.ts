import { test as base, expect } from '@playwright/test';
import { Shell } from '../pages/shell.ts';
import { copyVault } from './copyVault.ts';
import { type Desktop, type DesktopHost, type DesktopPlace, desktopPlace, startDesktop } from './desktop.ts';
import { passphrase } from './keyfob.ts';
import { listen } from './sharedPage.ts';

interface Fixtures {
  readonly host: DesktopHost;
  /** `open`: made ahead, and unlocked when the window is there. */
  readonly vault: 'open' | 'none';
  /** Whether the desktop shows icons in a tray. */
  readonly tray: boolean;
  readonly place: DesktopPlace;
  readonly desktop: Desktop;
}

/** The built program and the built preload; a spec fails on anything that the page complains of. */
export const test = base.extend<Fixtures>({
  host: ['standIn', { option: true }],
  vault: ['open', { option: true }],
  tray: [true, { option: true }],
  place: async ({ vault, tray }, use) => {
    const place = desktopPlace(undefined, tray);
    if (vault === 'open') copyVault(place.folder);
    await use(place);
    place.remove();
  },
  desktop: async ({ host, place }, use) => {
    const desktop = await startDesktop(host, place);
    const faults: string[] = [];
    await listen(desktop.page.context(), (fault) => faults.push(fault));
    await use(desktop);
    await desktop.quit();
    expect(faults).toEqual([]);
  },
});

/** Opens the vault and makes an application with keys, as the command line could, and waits until the window shows them. */
export async function withShop({ page, call }: Desktop): Promise<Shell> {
  await call('vault.unlock', { passphrase });
  await call('settings.write', { port: 0 });
  await call('applications.create', { name: 'Shop' });
  await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const shell = new Shell(page);
  await expect(shell.navigation).toBeVisible();
  return shell;
}

export { expect };
