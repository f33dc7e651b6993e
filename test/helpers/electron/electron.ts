/**
 * Stands in for the part of the `electron` module that Keyfob uses, on plain Node and over a real Chromium, so that the built program
 * and the built preload run where Electron's binary cannot be had. Each part is checked against Electron's own types. What this
 * does not prove stands in CONTRIBUTING.md.
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

/** All of it, with what only specs look at. */
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
