import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../main/app/app.ts';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';

export const passphrase = 'correct horse battery staple';

export interface TestApp {
  readonly app: App;
  readonly folder: string;
  /** Advances real time, and so token time. */
  advanceSeconds(seconds: number): void;
  /** Unexpected errors. A test that expects none checks that this is empty. */
  readonly faults: readonly unknown[];
  /** Closes the app and removes its folder. */
  close(): Promise<void>;
}

/** A real app over a new folder, its vault open under {@link passphrase}. */
export async function openTestApp(): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-app-'));
  const faults: unknown[] = [];
  let movedMs = 0;
  const app = await openApp({
    folder,
    what: 'a test',
    realTimeMs: () => Date.now() + movedMs,
    onError: (error) => faults.push(error),
  });
  await app.call('vault.create', { mode: 'passphrase', passphrase });
  return {
    app,
    folder,
    faults,
    advanceSeconds(seconds) {
      movedMs += seconds * 1000;
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same with a running endpoint on free ports, an application `Shop` with PRODUCTION keys, and a user `tester`. */
export async function openServingApp(): Promise<
  TestApp & { readonly status: EndpointStatus; readonly consumerKey: string; readonly consumerSecret: string }
> {
  const test = await openTestApp();
  const { call } = test.app;
  await call('users.create', { username: 'tester', password: 's3cret' });
  await call('applications.create', { name: 'Shop' });
  const { consumerKey, consumerSecret } = await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const status = await test.app.endpoint.start({ port: 0, httpPort: 0 });
  return { ...test, status, consumerKey, consumerSecret };
}
