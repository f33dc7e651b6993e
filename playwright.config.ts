import { defineConfig } from '@playwright/test';
import { findElectron } from './main/packaging/electron.ts';
import { findChromium, specArgs } from './test/ui/harness/chromium.ts';
import type { DesktopHost } from './test/ui/harness/desktop.ts';

const executablePath = findChromium();
const electron = findElectron();

/** The desktop program by itself; and what says that Electron was not there to run anything. */
const ofDesktop = '**/desktop.spec.ts';
const ofStandIn = '**/desktopStandIn.spec.ts';
const ofAbsence = '**/electronAbsent.spec.ts';
/** They are about the page in a browser, or have a page of their own. */
const ofBrowser = ['**/clipboard.spec.ts', '**/gallery.spec.ts', '**/manyTokens.spec.ts'];

/** The window's specs: a real app behind it, a real Chromium in front of it. */
export default defineConfig<{ host: DesktopHost | 'browser' }>({
  testDir: 'test/ui',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/ui',
  globalSetup: './test/ui/harness/setUp.ts',
  fullyParallel: true,
  forbidOnly: true,
  // A second try would hide races, which people meet too.
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/ui.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    // Without this a missing element costs the whole time of a test.
    actionTimeout: 60_000,
    // A trace of every test costs a tenth of the run. `--trace on` records one to look at.
    trace: 'off',
    launchOptions: { args: [...specArgs], ...(executablePath !== undefined && { executablePath }) },
  },
  projects: [
    { name: 'browser', testIgnore: [ofDesktop, ofStandIn, ofAbsence] },
    { name: 'electron-standin', testMatch: [ofDesktop, ofStandIn], use: { host: 'standIn' } },
    electron === undefined
      ? { name: 'electron', testMatch: ofAbsence }
      : {
          name: 'electron',
          workers: 2,
          testIgnore: [ofStandIn, ofAbsence, ...ofBrowser],
          // The screens' specs need a keyring of Linux and bash; the program's own run on every system.
          ...(process.platform !== 'linux' && { testMatch: ofDesktop }),
          // Windows ends a program that gets a signal, rather than tell it.
          grepInvert: process.platform === 'win32' ? /@browser|@signal/ : /@browser/,
          use: { host: { electron } },
        },
  ],
});
