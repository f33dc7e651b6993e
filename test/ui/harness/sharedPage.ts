import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from '@playwright/test';

/** Options of a context in which specs differ. */
export type PageOptions = Pick<BrowserContextOptions, 'viewport' | 'deviceScaleFactor' | 'ignoreHTTPSErrors'>;

/** A page that the specs of a worker use one after the other. */
export interface SharedPage {
  readonly page: Page;
  /** Passes the faults of this spec's pages to `hear`, until the spec leaves the page. */
  hear(hear: (fault: string) => void): void;
  /** Leaves the app, and clears its storage. Must run before the app closes: a page without its host complains. */
  leave(): Promise<void>;
}

export interface SharedPages {
  lend(browser: Browser, options: PageOptions): Promise<SharedPage>;
  /** Keeps the page for the next spec, unless this one failed or changed what a page cannot undo. */
  takeBack(failed: boolean): Promise<void>;
}

/** Hears what pages say of faults: console, uncaught errors and rejections, and each violation of the CSP. */
export async function listen(context: BrowserContext, hear: (fault: string) => void): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') hear(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (webError) => hear(`uncaught: ${webError.error().stack ?? webError.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        throw new Error(`CSP: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
      },
    );
  });
}

/** Calls whose effect outlasts a spec. */
const lasting: readonly string[] = [
  ...['addInitScript', 'exposeBinding', 'exposeFunction', 'route', 'unroute', 'emulateMedia', 'setExtraHTTPHeaders'],
  ...['setOffline', 'grantPermissions', 'clearPermissions', 'setGeolocation', 'newPage', 'newCDPSession', 'close'],
  ...['install', 'fastForward', 'pauseAt', 'setFixedTime', 'setSystemTime'],
];

/** Calls `tell` when one of the object's {@link lasting} methods is called. */
function watch(object: object, tell: () => void): void {
  for (const name of lasting) {
    const method: unknown = Reflect.get(object, name);
    if (typeof method !== 'function') continue;
    Reflect.set(object, name, (...args: readonly unknown[]) => {
      tell();
      return Reflect.apply(method, object, args);
    });
  }
}

interface Kept {
  readonly key: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly devTools: CDPSession;
  hear: ((fault: string) => void) | undefined;
  changed: boolean;
}

async function open(browser: Browser, options: PageOptions): Promise<Kept> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  const kept: Kept = { key: JSON.stringify(options), context, page, devTools, hear: undefined, changed: false };
  await listen(context, (fault) => kept.hear?.(fault));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const object of [context, page, page.clock]) {
    watch(object, () => {
      kept.changed = true;
    });
  }
  return kept;
}

async function leave(kept: Kept): Promise<void> {
  const { context, page, devTools } = kept;
  kept.hear = undefined;
  // A page that the spec opened, such as a sign-in in another tab.
  if (context.pages().length > 1) kept.changed = true;
  if (kept.changed) return await context.close();
  if (!page.url().startsWith('http')) return;
  // A path without a page: of the same origin, so the browser keeps its process and its compiled code.
  await page.goto(new URL('/left', page.url()).href);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await devTools.send('Page.resetNavigationHistory');
}

/**
 * Keeps one page open for the specs of a worker. A new page needs two processes and compiles the window again, which took
 * a third of a short spec.
 */
export function createSharedPages(): SharedPages {
  let kept: Kept | undefined;

  return {
    async lend(browser, options) {
      if (kept?.key !== JSON.stringify(options)) {
        await kept?.context.close();
        kept = await open(browser, options);
      }
      const lent = kept;
      return {
        page: lent.page,
        hear(hear) {
          lent.hear = hear;
        },
        leave: () => leave(lent),
      };
    },
    async takeBack(failed) {
      if (kept === undefined) return;
      const { context, page, key } = kept;
      if (failed || kept.changed) {
        kept = undefined;
        await context.close();
        return;
      }
      const { viewport }: PageOptions = JSON.parse(key);
      const size = page.viewportSize();
      const resized = viewport?.width !== size?.width || viewport?.height !== size?.height;
      if (viewport && resized) await page.setViewportSize(viewport);
      await page.mouse.move(0, 0);
    },
  };
}
