import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import type { BrowserWindowConstructorOptions, BrowserWindow as RealWindow } from 'electron';
import { findChromium, specArgs } from '../../ui/harness/chromium.ts';
import { app } from './app.ts';
import { WebContents } from './contents.ts';
import { focusedWindows } from './focus.ts';
import { refuseElsewhere } from './platforms.ts';
import { isPrevented } from './preventable.ts';
import { session } from './session.ts';
import { tellSpec } from './spec.ts';

type Part = Pick<
  RealWindow,
  | 'close'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isContentProtected'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setContentProtection'
  | 'show'
>;

/** Refuses preferences that would give a page more abilities than it may have. */
function checkPreferences({ webPreferences = {} }: BrowserWindowConstructorOptions): string {
  const { contextIsolation, sandbox, nodeIntegration, webSecurity, preload } = webPreferences;
  if (contextIsolation !== true || sandbox !== true || nodeIntegration !== false || webSecurity !== true) {
    throw new Error('a window without context isolation, sandbox and web security');
  }
  if (preload === undefined) throw new Error('a window without a preload');
  return preload;
}

const all = new Set<BrowserWindow>();

/** A window as a page of a headless Chromium. */
export class BrowserWindow extends EventEmitter implements Part {
  readonly webContents: WebContents;
  readonly #bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  #context: BrowserContext | undefined;
  #visible: boolean;
  #maximized = false;
  #protected = false;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, show = true } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    refuseElsewhere(this, 'BrowserWindow');
    const preload = checkPreferences(options);
    this.webContents = new WebContents(this.#open(readFileSync(preload, 'utf8')));
    app.windows.add(this);
    all.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async #open(preload: string): Promise<Page> {
    const folder = join(app.getPath('userData'), 'stand-in');
    const executablePath = findChromium();
    const { width, height } = this.#bounds;
    const context = await chromium.launchPersistentContext(folder, {
      args: [...specArgs, '--remote-debugging-port=0'],
      viewport: { width, height },
      colorScheme: 'light',
      reducedMotion: 'reduce',
      // The program handles signals itself.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      permissions: [...session.defaultSession.grantedPermissions()],
      ...(executablePath !== undefined && { executablePath }),
    });
    this.#context = context;
    const page = context.pages()[0] ?? (await context.newPage());
    await this.webContents.runPreload(page, preload);
    const [port = ''] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n');
    tellSpec({ window: `http://127.0.0.1:${port}` });
    return page;
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...all];
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.loadURL(address);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#visible = true;
    this.focus();
  }
  hide(): void {
    this.#visible = false;
    focusedWindows.delete(this);
    this.emit('hide');
  }
  focus(): void {
    focusedWindows.add(this);
    this.emit('focus');
  }
  isFocused(): boolean {
    return focusedWindows.has(this);
  }
  isVisible(): boolean {
    return this.#visible;
  }
  maximize(): void {
    this.#maximized = true;
  }
  restore(): void {
    this.#maximized = false;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isMinimized(): boolean {
    return false;
  }
  getNormalBounds() {
    return this.#bounds;
  }
  setContentProtection(on: boolean): void {
    this.#protected = on;
  }
  isContentProtected(): boolean {
    return this.#protected;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#destroyed || isPrevented(this, 'close')) return;
    this.#destroyed = true;
    focusedWindows.delete(this);
    all.delete(this);
    this.#context?.close().catch(() => undefined);
    app.forget(this);
    this.emit('closed');
  }
}
