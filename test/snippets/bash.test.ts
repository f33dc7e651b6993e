import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import { assertCalls, credentialsOf } from './check.ts';
import { readCurl } from './curl.ts';
import { base, consumerKey, hostileCredentials, hostileModel, hostileText, hostileValues } from './models.ts';

// Runs bash, first with a `curl` that prints its words, then with the real curl against a server.

type Variables = Readonly<Record<string, string>>;

describe('bash', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyfob-snippets-'));
    writeFileSync(join(folder, 'curl'), `#!/bin/sh\nprintf '%s\\0' curl "$@"\n`, { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The words that curl gets. The `!` of the history is on, as it is at a prompt. */
  const read = (text: string, variables: Variables = {}) =>
    execFileSync('bash', ['--norc', '--noprofile', '-s'], {
      input: `set -o history -o histexpand\n${text}\n`,
      env: { ...variables, PATH: `${folder}:${process.env.PATH}`, HISTFILE: '/dev/null', LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
      stdio: 'pipe',
    })
      .split('\0')
      .slice(0, -1);

  test('the probe detects the harm of a careless text', () => {
    assert.deepEqual(read(`curl $HOME_ "a$X" user=~`, { X: 'b', HOME: '/h' }), ['curl', 'ab', 'user=/h']);
    assert.deepEqual(read(`true one\ncurl "!!"`), ['curl', 'true one']);
  });

  test('gives curl each hostile value unchanged', () => {
    for (const value of hostileValues) {
      const oneLine = value.replace(/\p{Cc}/gu, ' ');
      const model: SnippetModel = {
        ...base,
        basic: { consumerKey, consumerSecret: oneLine },
        bearer: oneLine,
        caFile: oneLine,
        form: [
          { name: 'username', value },
          { name: 'password', value, secret: 'password' },
        ],
      };
      assertCalls(read(renderSnippet(model, 'bash', 'real').text), model);
    }
  });

  test('gives curl any call unchanged', () => {
    fc.assert(
      fc.property(hostileModel, (model) => assertCalls(read(renderSnippet(model, 'bash', 'real').text), model)),
    );
  });

  test('takes secrets with any content from variables', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (value, username) => {
        const model: SnippetModel = {
          ...base,
          basic: { consumerKey, consumerSecret: value },
          bearer: value,
          form: [
            { name: 'username', value: username },
            { name: 'password', value, secret: 'password' },
            { name: 'refresh_token', value, secret: 'refreshToken' },
          ],
        };
        const variables = {
          KEYFOB_CONSUMER_SECRET: value,
          KEYFOB_ACCESS_TOKEN: value,
          KEYFOB_REFRESH_TOKEN: value,
          KEYFOB_PASSWORD: value,
        };
        assertCalls(read(renderSnippet(model, 'bash', 'env').text, variables), model);
      }),
    );
  });

  test('gives curl any key and secret of another server unchanged', () => {
    fc.assert(
      fc.property(hostileCredentials, (basic) => {
        const model: SnippetModel = { ...base, basic, form: [{ name: 'grant_type', value: 'client_credentials' }] };
        const pair = `${basic.consumerKey}:${basic.consumerSecret}`;
        assert.equal(credentialsOf(read(renderSnippet(model, 'bash', 'real').text)), pair);
        const variables = { KEYFOB_CONSUMER_SECRET: basic.consumerSecret };
        assert.equal(credentialsOf(read(renderSnippet(model, 'bash', 'env').text, variables)), pair);
      }),
    );
  });

  test('quotes placeholders, so that any secret can replace them', () => {
    const form = [{ name: 'password', value: 'x', secret: 'password' as const }];
    const model = { ...base, basic: { consumerKey, consumerSecret: 'x' }, form };
    const call = readCurl(read(renderSnippet(model, 'bash', 'placeholder').text));
    assert.equal(call.user, `${consumerKey}:YOUR_CONSUMER_SECRET`);
    assert.equal(call.body, 'password=YOUR_PASSWORD');
  });
});

describe('bash with the real curl', () => {
  interface Received {
    readonly method: string;
    readonly url: string;
    readonly authorization: string | undefined;
    readonly body: string;
  }
  let received: Received | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received = {
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString('latin1'),
    };
    // A length without a body, for HEAD: `-X HEAD` would wait for the body.
    response.setHeader('content-length', 2).end('ok');
  });
  let origin: string;
  /** A company's proxy settings, with no proxy behind them. */
  const proxy = 'http://127.0.0.1:9';
  const home = mkdtempSync(join(tmpdir(), 'keyfob-curlrc-'));
  const surroundings = {
    HOME: home,
    CURL_HOME: home,
    ALL_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    HTTPS_PROXY: proxy,
  };
  before(async () => {
    writeFileSync(join(home, '.curlrc'), `proxy = "${proxy}"\nheader = "Authorization: Basic eA=="\nget\n`);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert(address !== null && typeof address === 'object');
    origin = `http://127.0.0.1:${address.port}`;
  });
  after(() => {
    rmSync(home, { recursive: true });
    return new Promise((resolve) => server.close(resolve));
  });

  const run = async (text: string, variables: Variables = {}): Promise<Received> => {
    received = undefined;
    await new Promise<void>((resolve, reject) => {
      const env = { ...surroundings, ...variables, PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };
      execFile('bash', ['--norc', '-c', text], { env }, (error) => (error ? reject(error) : resolve()));
    });
    assert(received !== undefined);
    return received;
  };

  const assertForm = (body: string, model: SnippetModel) =>
    assert.deepEqual(
      [...new URLSearchParams(body)],
      model.form.map(({ name, value }) => [name, value]),
    );

  test('the server gets the form and the credentials byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(hostileModel, async ({ bearer: _, ...token }) => {
        const model = { ...token, direct: true, url: token.url.replace(/^https:\/\/[^/]*/, origin) };
        const sent = await run(renderSnippet(model, 'bash', 'real').text);
        assert.equal(sent.method, model.method);
        assert.equal(decodeURIComponent(origin + sent.url), decodeURIComponent(model.url));
        const pair = `${consumerKey}:${model.basic?.consumerSecret}`;
        assert.equal(sent.authorization, `Basic ${Buffer.from(pair).toString('base64')}`);
        assertForm(sent.body, model);
      }),
      { numRuns: 40 },
    );
  });

  test('a call to another machine uses the proxy, as curl does', async () => {
    const model = { ...base, url: `${origin}/token`, direct: false };
    await assert.rejects(run(renderSnippet(model, 'bash', 'real').text), /127\.0\.0\.1 port 9|proxy/i);
  });

  test('the server gets the same when secrets come from variables', async () => {
    for (const value of hostileValues) {
      const model: SnippetModel = {
        ...base,
        url: `${origin}/token`,
        basic: { consumerKey, consumerSecret: value },
        form: [{ name: 'password', value, secret: 'password' }],
      };
      const variables = { KEYFOB_CONSUMER_SECRET: value, KEYFOB_PASSWORD: value };
      const sent = await run(renderSnippet(model, 'bash', 'env').text, variables);
      assert.equal(sent.authorization, `Basic ${Buffer.from(`${consumerKey}:${value}`).toString('base64')}`);
      assertForm(sent.body, model);
    }
  });

  test('an API call keeps its method, its bearer and its brackets', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      const url = `${origin}/menu/{1}?extra[]=a&b='c'`;
      const model: SnippetModel = { ...base, call: 'api', url, method, bearer: 'one.Token_1~+/=' };
      const sent = await run(renderSnippet(model, 'bash', 'real').text);
      assert.deepEqual(sent, {
        method,
        url: url.slice(origin.length),
        authorization: 'Bearer one.Token_1~+/=',
        body: '',
      });
    }
  });
});
