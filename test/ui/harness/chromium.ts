import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../../main/browserHost/browser.ts';

/**
 * The Chromium that the specs run in: the one named by `KEYFOB_CHROMIUM`, one installed on this system, or Playwright's
 * own; `undefined` when there is none.
 */
export function findChromium(): string | undefined {
  const named = process.env.KEYFOB_CHROMIUM;
  if (named !== undefined && named !== '') return named;
  return findBrowser(process.env, process.platform) ?? [chromium.executablePath()].find((path) => existsSync(path));
}

/**
 * Features that are off. Chromium obeys the last such list only, so this one repeats Playwright's (1.65). The first two
 * load two pages for the address bar of each window. No one sees it, and it took a fifth of a spec's processor time.
 */
const disabledFeatures: readonly string[] = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // With this, each load of the window makes a new frame and destroys the one before.
  'RenderDocument',
];

/** What it is started with: nothing that asks the network, and no sandbox where root cannot have one. */
export const chromiumArgs: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${disabledFeatures.join(',')}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Arguments for specs. A spec's page lives for a second: optimizing its code takes longer than that code then saves. */
export const specArgs: readonly string[] = [...chromiumArgs, '--js-flags=--no-maglev --no-turbofan'];
