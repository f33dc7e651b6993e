import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type WebPreferences } from 'electron';

/** The built preload, in the folder next to this bundle's. */
const preload = join(dirname(fileURLToPath(import.meta.url)), '../preload/bridge.cjs');

// Electron's checklist: 2 (no Node), 3 (context isolation), 4 (sandbox), 6 (webSecurity), 8, 9 and 10 (nothing insecure, nothing
// experimental), 20 (the preload alone reaches Electron). Most are Electron's defaults, repeated here so that a new default changes nothing.

/** The preferences of our pages. */
export const webPreferences = {
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools: !app.isPackaged,
} as const satisfies WebPreferences;
