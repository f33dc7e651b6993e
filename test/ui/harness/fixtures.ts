import { type BrowserContext, test as base, expect } from '@playwright/test';
import { type Keyring, startKeyring } from '../../helpers/keyring.ts';
import { Shell } from '../pages/shell.ts';
import { copyVault } from './copyVault.ts';
import { type Desktop, type DesktopHost, desktopPlace, overDesktop, startDesktop } from './desktop.ts';
import { type KeyfobServer, passphrase, type ServedKeyfob, startServer } from './keyfob.ts';

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
}

interface Fixtures {
  /** The keychain, where there is one. */
  readonly keyring: Keyring | undefined;
  /** The desktop program, where that is the host. */
  readonly desktop: Desktop | undefined;
  readonly keyfob: ServedKeyfob;
  readonly faults: Faults;
  /** The window, opened at its first screen. */
  readonly shell: Shell;
}

/** Hears what pages say of faults: console, uncaught errors and rejections, and each violation of the CSP. */
export async function listen(context: BrowserContext, hear: (fault: string) => void): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') hear(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (webError) => hear(`uncaught: ${webError.error().stack ?? webError.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        throw new Error(`CSP: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
      },
    );
  });
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

  context: async ({ context, desktop }, use) => await use(desktop?.page.context() ?? context),

  page: async ({ context, desktop }, use) => await use(desktop?.page ?? (await context.newPage())),

  keyfob: async ({ vault, context, keyring, desktop, server }, use) => {
    // What a keychain answers hangs on the environment of the process.
    const ofKeyring = keyring === undefined ? undefined : startServer(keyring.env);
    const keyfob =
      desktop === undefined
        ? await (ofKeyring ?? server()).open(vault === 'open' ? 'vault' : 'nothing')
        : await overDesktop(desktop);
    if (vault === 'open') await keyfob.call('vault.unlock', { passphrase });
    await use(keyfob);
    // First, as a page that lost its host says so.
    if (desktop === undefined) for (const page of context.pages()) await page.close();
    await keyfob.close();
    await ofKeyring?.end();
  },

  faults: [
    async ({ context, desktop }, use) => {
      const heard: string[] = [];
      const expected: RegExp[] = [];
      await listen(context, (fault) => heard.push(fault));
      if (desktop === undefined) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
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

export { expect, passphrase };
