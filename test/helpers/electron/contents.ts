import { EventEmitter } from 'node:events';
import type { Request as Asked, Download, Frame, Page, Route } from '@playwright/test';
import type { WebContents as RealContents } from 'electron';
import { forChromium, forProgram } from './address.ts';
import { ipcMain } from './ipcMain.ts';
import { type FromPreload, type PreloadWorld, startPreload } from './preloadWorld.ts';
import { isPrevented } from './preventable.ts';
import { session } from './session.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

/** A frame as the sender of a message. */
class StandInFrame {
  readonly #frame: () => Frame | undefined;
  constructor(frame: () => Frame | undefined) {
    this.#frame = frame;
  }
  get url(): string {
    return forProgram(this.#frame()?.url() ?? '');
  }
}

/** The navigating frame; `undefined` before it exists, as in a new window. */
function frameOf(request: Asked): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

/** A page in a real Chromium. Calls wait until Chromium runs. */
export class WebContents extends EventEmitter {
  readonly mainFrame: StandInFrame;
  readonly #page: Promise<Page>;
  #shown: Page | undefined;
  #preload: PreloadWorld | undefined;
  #openHandler: OpenHandler | undefined;
  /** The address that the program loads, which is no navigation of the page. */
  #asked: string | undefined;

  constructor(page: Promise<Page>) {
    super();
    this.mainFrame = new StandInFrame(() => this.#shown?.mainFrame());
    this.#page = page.then(async (found) => {
      await this.#follow(found);
      return found;
    });
  }

  async #follow(page: Page): Promise<void> {
    this.#shown = page;
    const context = page.context();
    await context.route('**/*', (route) => this.#answer(route));
    page.on('download', (download) => this.#download(download));
    page.on('close', () => this.emit('destroyed'));
  }

  /** Whether the program allows a new window. Chromium has opened it already, which Electron would not. */
  #mayOpen(url: string): boolean {
    if (this.#openHandler === undefined || this.#openHandler({ url }).action === 'allow') return true;
    const others = this.#shown?.context().pages() ?? [];
    for (const page of others) if (page !== this.#shown) page.close().catch(() => undefined);
    return false;
  }

  /** Whether the program allows a navigation. */
  #mayNavigate(frame: Frame | undefined, url: string): boolean {
    if (frame?.page() !== this.#shown) return this.#mayOpen(url);
    const isMainFrame = frame === this.#shown?.mainFrame();
    if (isMainFrame && url === this.#asked) return true;
    return !isPrevented(this, 'will-frame-navigate', { url, isMainFrame });
  }

  /** Checks navigations with the program, and serves files by its handler. */
  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = forProgram(request.url());
    if (request.isNavigationRequest()) {
      const frame = frameOf(request);
      if (!this.#mayNavigate(frame, url)) return await route.abort('aborted');
      this.#asked = undefined;
      if (frame === this.#shown?.mainFrame()) this.emit('did-navigate', {}, url);
    }
    const answer = await session.defaultSession.answer(new Request(url, { method: request.method() }));
    if (answer === undefined) return await route.abort('blockedbyclient');
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  async #download(download: Download): Promise<void> {
    const item = {
      getURL: () => forProgram(download.url()),
      getFilename: () => download.suggestedFilename(),
      setSaveDialogOptions: () => undefined,
    };
    if (isPrevented(session.defaultSession, 'will-download', {}, item)) await download.cancel();
  }

  /** Runs the preload in an isolated world each time this page loads. */
  async runPreload(page: Page, preload: string): Promise<void> {
    this.#preload = await startPreload(page, preload, (sent) => this.#heard(sent));
  }

  /** Messages of the page's preload, which runs in the top frame only. */
  async #heard({ how, channel, args }: FromPreload): Promise<unknown> {
    const event = { sender: this, senderFrame: this.mainFrame };
    if (how === 'invoke') return await ipcMain.invoked(event, channel, args);
    ipcMain.emit(channel, event, ...args);
    return undefined;
  }

  async loadURL(address: string): Promise<void> {
    this.#asked = address;
    await (await this.#page).goto(forChromium(address));
  }

  reload(): void {
    this.#page.then((page) => page.reload()).catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    // A loading page gets no messages, as under Electron.
    this.#preload?.deliver(channel, args);
  }

  isDestroyed(): boolean {
    return this.#shown?.isClosed() ?? false;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
}

WebContents.prototype satisfies Pick<RealContents, 'isDestroyed' | 'loadURL' | 'reload' | 'send'>;
