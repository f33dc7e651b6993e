import { test as base, expect } from '@playwright/test';
import { type Keyring, startKeyring } from '../../helpers/keyring.ts';
import { Shell } from '../pages/shell.ts';
import { copyVault } from './copyVault.ts';
import { type Desktop, type DesktopHost, desktopPlace, overDesktop, startDesktop } from './desktop.ts';
import { type KeyfobServer, passphrase, type ServedKeyfob, startServer } from './keyfob.ts';
import { createSharedPages, listen, type SharedPage, type SharedPages } from './sharedPage.ts';

/** What a page said that it should not have; a spec fails on any. */
export interface Faults {
  /** A spec that provokes a fault names it: lines that match are none. */
  expect(pattern: RegExp): void;
}

interface Options {
  /** What shows the window: a browser, or the desktop program. */
  readonly host: DesktopHost | 'browser';
  /** `open`: under {@link passphrase}, with nothing in it but its owner. `none`: as on the first start. */
  readonly vault: 'open' | 'none';
  /** Whether a real keychain answers; else none does. */
  readonly keychain: boolean;
}

interface WorkerFixtures {
  /** Gives the process that serves the apps of this worker's specs; starts it when the first of them asks. */
  readonly server: () => KeyfobServer;
  /** The pages of this worker's specs. */
  readonly sharedPages: SharedPages;
}

interface Fixtures {
  /** The keychain, where there is one. */
  readonly keyring: Keyring | undefined;
  /** The desktop program, where that is the host. */
  readonly desktop: Desktop | undefined;
  /** The page in a browser, where that is the host. */
  readonly sharedPage: SharedPage | undefined;
  readonly keyfob: ServedKeyfob;
  readonly faults: Faults;
  /** The window, opened at its first screen. */
  readonly shell: Shell;
}

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  host: ['browser', { option: true }],

  vault: ['open', { option: true }],

  keychain: [false, { option: true }],

  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that one needs off its parameter.
    async ({}, use) => {
      let server: KeyfobServer | undefined;
      await use(() => {
        server ??= startServer();
        return server;
      });
      await server?.end();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  sharedPages: [async ({}, use) => await use(createSharedPages()), { scope: 'worker' }],

  keyring: async ({ keychain }, use) => {
    const keyring = keychain ? await startKeyring() : undefined;
    await use(keyring);
    await keyring?.stop();
  },

  desktop: async ({ host, keyring, vault }, use) => {
    if (host === 'browser') return await use(undefined);
    const place = desktopPlace(keyring?.env);
    if (vault === 'open') copyVault(place.folder);
    const desktop = await startDesktop(host, place);
    await use(desktop);
    await desktop.quit();
    place.remove();
  },

  sharedPage: async (
    { desktop, sharedPages, browser, viewport, deviceScaleFactor, ignoreHTTPSErrors },
    use,
    { errors },
  ) => {
    if (desktop !== undefined) return await use(undefined);
    await use(
      await sharedPages.lend(browser, {
        ...{ viewport, ignoreHTTPSErrors },
        ...(deviceScaleFactor !== undefined && { deviceScaleFactor }),
      }),
    );
    await sharedPages.takeBack(errors.length > 0);
  },

  page: async ({ sharedPage, desktop }, use) => {
    const page = desktop?.page ?? sharedPage?.page;
    if (page === undefined) throw new Error('no host shows the window');
    await use(page);
  },

  context: async ({ page }, use) => await use(page.context()),

  keyfob: async ({ vault, sharedPage, keyring, desktop, server }, use) => {
    // What a keychain answers hangs on the environment of the process.
    const ofKeyring = keyring === undefined ? undefined : startServer(keyring.env);
    const keyfob =
      desktop === undefined
        ? await (ofKeyring ?? server()).open(vault === 'open' ? 'vault' : 'nothing')
        : await overDesktop(desktop);
    if (vault === 'open') await keyfob.call('vault.unlock', { passphrase });
    await use(keyfob);
    // First, as a page that lost its host says so.
    await sharedPage?.leave();
    await keyfob.close();
    await ofKeyring?.end();
  },

  faults: [
    async ({ context, sharedPage }, use) => {
      const heard: string[] = [];
      const expected: RegExp[] = [];
      const hear = (fault: string) => void heard.push(fault);
      if (sharedPage === undefined) await listen(context, hear);
      else sharedPage.hear(hear);
      await use({ expect: (pattern) => expected.push(pattern) });
      expect(
        heard.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
        'what the page complained of',
      ).toEqual([]);
    },
    { auto: true },
  ],

  shell: async ({ page, keyfob }, use) => {
    const shell = new Shell(page);
    await shell.open(await keyfob.newUrl());
    await use(shell);
  },
});

export { expect, listen, passphrase };
