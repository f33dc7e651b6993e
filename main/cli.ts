import manifest from '../package.json' with { type: 'json' };
import { reportFault } from './cli/reportFault.ts';
import { run } from './cli/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  version: manifest.version,
  async folder(home) {
    const { dataFolder } = await import('./platform/folders.ts');
    return dataFolder(home === undefined ? process.env : { ...process.env, KEYFOB_HOME: home }, process.platform);
  },
  async openApp(folder) {
    const { openApp } = await import('./app.ts');
    return await openApp({ folder, what: 'a keyfob command', onError: reportFault });
  },
  async serve(folder, flags, present) {
    const { serve } = await import('./serve.ts');
    await serve(folder, flags, present);
  },
  async openAppWindow(url, folder) {
    const { openAppWindow } = await import('./browserHost/browser.ts');
    return await openAppWindow(url, folder);
  },
});
