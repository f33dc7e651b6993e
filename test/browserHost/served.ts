import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type BrowserHostParts, startBrowserHost } from '../../main/browserHost/host.ts';
import { dispatchOf } from '../transport/handlers.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export const json = { 'content-type': 'application/json' };

/** A built window, next to files that a browser must not get. */
export function builtWindow(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const place = mkdtempSync(join(tmpdir(), 'keyfob-window-'));
  t.after(() => rmSync(place, { recursive: true }));
  const folder = join(place, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(place, 'secret'), 'secret');
  symlinkSync(join(place, 'secret'), join(folder, 'link.js'));
  const all = {
    'index.html': '<meta name="csp-nonce" content="__CSP_NONCE__"><script src="/assets/app-Ab3_-xyz.js"></script>',
    'assets/app-Ab3_-xyz.js': 'app();',
    'robots.txt': 'none',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Sends a request to a port of this machine. */
export const ask = (port: number, { method = 'GET', path = '/', headers = {}, body = '' }: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, agent: false, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const tokenOf = (url: string): string => new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? '';

/** A browser host with its own window, and a count of calls through it. */
export async function serveWindow(t: TestContext, overrides: Partial<BrowserHostParts> = {}) {
  const seen = { calls: 0 };
  const dispatch = dispatchOf({
    scopes: {
      list: () => {
        seen.calls += 1;
        return { items: [] };
      },
    },
  });
  const faults: unknown[] = [];
  const host = await startBrowserHost({
    port: 0,
    folder: overrides.folder ?? builtWindow(t),
    dispatch,
    subscribe: () => () => {},
    onError: (error) => faults.push(error),
    ...overrides,
  });
  t.after(() => host.close());
  const exchange = (token: string, headers: OutgoingHttpHeaders = {}) =>
    ask(host.port, {
      method: 'POST',
      path: '/session',
      headers: { ...json, ...headers },
      body: JSON.stringify({ token }),
    });
  return {
    host,
    faults,
    seen,
    ask: (asked: Asked) => ask(host.port, asked),
    exchange,
    /** Opens a session and gives its headers. */
    async session(): Promise<{ readonly authorization: string }> {
      const { text } = await exchange(tokenOf(host.newUrl()));
      return { authorization: `Bearer ${JSON.parse(text).bearer}` };
    },
  };
}

export const listScopes: Asked = { method: 'POST', path: '/call', body: '{"method":"scopes.list","input":{}}' };

/** Gives the code of an error, which must have a message. */
export function codeOf({ text }: Answer): string {
  const { ok, error } = JSON.parse(text).reply;
  if (ok !== false || error.message.length < 10) throw new Error(`not an error: ${text}`);
  return error.code;
}
