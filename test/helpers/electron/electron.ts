/**
 * Replaces the part of the `electron` module that Keyfob uses, with plain Node and a real Chromium. It runs the built program
 * and preload without Electron's binary. Each part is checked against Electron's own types. CONTRIBUTING.md lists
 * the limits of this proof.
 */
import { app } from './app.ts';
import { ipcMain } from './ipcMain.ts';
import { Menu, Tray } from './menu.ts';
import { protocol, session } from './session.ts';
import { obeySpec } from './spec.ts';
import {
  ClipboardItem,
  clipboard,
  dialog,
  nativeImage,
  nativeTheme,
  opened,
  powerMonitor,
  screen,
  shell,
} from './system.ts';
import { BrowserWindow } from './window.ts';

/** The whole module, with parts that only specs use. */
export const forSpecs = {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  opened,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
};

obeySpec(forSpecs);

export {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
};
