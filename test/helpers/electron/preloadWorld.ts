import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { scriptsOfWorlds } from './worlds.ts';

/** A message of the preload to the program. */
export interface FromPreload {
  readonly how: 'invoke' | 'send';
  readonly channel: string;
  readonly args: readonly unknown[];
}

/** The isolated world of a page's preload, as under Electron. */
export interface PreloadWorld {
  /** Sends to the preload's listeners. A loading page gets nothing. */
  deliver(channel: string, args: readonly unknown[]): void;
}

const worldName = 'preload';

/** Runs a preload in a page each time it loads, and receives its messages. */
export async function startPreload(
  page: Page,
  preload: string,
  heard: (sent: FromPreload) => Promise<unknown>,
): Promise<PreloadWorld> {
  const devTools = await page.context().newCDPSession(page);
  let contextId: number | undefined;
  const run = (id: number | undefined, name: string, args: readonly unknown[]) => {
    if (id === undefined) return;
    const expression = `${name}(${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join()})`;
    // The page may be closed already.
    devTools.send('Runtime.evaluate', { expression, contextId: id }).catch(() => undefined);
  };
  devTools.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === worldName) contextId = context.id;
  });
  devTools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === contextId) contextId = undefined;
  });
  devTools.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
    const { number, ...sent }: FromPreload & { readonly number: number } = JSON.parse(payload);
    heard(sent).then(
      (value) => sent.how === 'invoke' && run(executionContextId, 'standInAnswer', [number, value, null]),
      (error) => run(executionContextId, 'standInAnswer', [number, null, String(error)]),
    );
  });
  const scripts = scriptsOfWorlds(randomUUID(), preload);
  await devTools.send('Runtime.enable');
  await devTools.send('Page.enable');
  await devTools.send('Runtime.addBinding', { name: 'standInSend', executionContextName: worldName });
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName });
  return { deliver: (channel, args) => run(contextId, 'standInDeliver', [channel, args]) };
}
