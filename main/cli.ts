import manifest from '../package.json' with { type: 'json' };
import { run } from './cli/run.ts';
import { endNow } from './system/endNow.ts';
import { logError } from './system/logError.ts';

const code = await run(process.argv.slice(2), {
  version: manifest.version,
  async folder(home) {
    const { dataFolder } = await import('./platform/folders.ts');
    return dataFolder(home === undefined ? process.env : { ...process.env, KEYFOB_HOME: home }, process.platform);
  },
  async openApp(folder) {
    const { openApp } = await import('./app/app.ts');
    return await openApp({ folder, what: 'a keyfob command', onError: logError });
  },
  async examineClosed(folder, why) {
    const { examineClosed } = await import('./app/machine.ts');
    return await examineClosed(folder, why);
  },
  async startEmpty(folder) {
    const { startEmpty } = await import('./app/data/startEmpty.ts');
    return await startEmpty(folder);
  },
  async serve(folder, flags, present) {
    const { serve } = await import('./serve/serve.ts');
    await serve(folder, flags, present);
  },
  async serveSeed(seed, opened) {
    const { serveSeed } = await import('./serve/serveSeed.ts');
    return await serveSeed(seed, opened);
  },
  async mcp(folder, flags) {
    const { serveMcp } = await import('./serve/mcp/serveMcp.ts');
    await serveMcp(folder, flags, manifest.version);
  },
  async openAppWindow(url, folder) {
    const { openAppWindow } = await import('./browserHost/browser.ts');
    return await openAppWindow(url, folder);
  },
  async openBrowser(url) {
    const { openEndpointPage } = await import('./browserHost/browser.ts');
    return await openEndpointPage(url);
  },
});
process.exitCode = code;
endSoon(code);

/** Ends the process even if a command left something open, but not while stdout still has unread output. */
function endSoon(code: number): void {
  const lingerMs = 2000;
  setTimeout(() => (process.stdout.writableLength > 0 ? endSoon(code) : endNow(code)), lingerMs).unref();
}
