import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './test/ui/chromium.ts';

const executablePath = findChromium();

/** The window's specs: a real app behind the browser host, a real Chromium in front of it. */
export default defineConfig({
  testDir: 'test/ui',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/ui',
  globalSetup: './test/ui/build.ts',
  fullyParallel: true,
  forbidOnly: true,
  // A machine that is busy with something else answers late; what was late is named at the end.
  retries: 2,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/ui.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: { args: [...chromiumArgs], ...(executablePath !== undefined && { executablePath }) },
  },
  projects: [{ name: 'browser' }],
});
