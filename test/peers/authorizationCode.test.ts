import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { completeFlow, createBrowser, locationOf } from '../endpoint/signInBrowser.ts';
import { openServingApp } from '../helpers/app.ts';
import type { Flow, FlowTask } from './authorizationCode.ts';
import { run } from './round.ts';

const app = await openServingApp();
after(app.close);

before(async () => {
  await app.app.call('keys.update', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    grantTypes: ['authorization_code', 'refresh_token'],
    callbackUrl: 'http://127.0.0.1/cb',
    pkce: 'required',
  });
});

for (const name of ['oauth4webapi', 'openidClient']) {
  for (const kind of ['confidential', 'public'] as const) {
    test(`${name} completes the code flow with PKCE as a ${kind} client`, async () => {
      await app.app.call('keys.update', {
        application: 'Shop',
        keyType: 'PRODUCTION',
        publicClient: kind === 'public',
      });
      const { port = 0, caFile } = app.status;
      const origin = `https://localhost:${port}`;
      const client = join(import.meta.dirname, `${name}Code.client.ts`);
      const started = async (task: FlowTask): Promise<Flow> => {
        const env = { ...process.env, NODE_EXTRA_CA_CERTS: caFile };
        const { code, stdout, stderr } = await run(
          { command: process.execPath, args: [client], env },
          JSON.stringify(task),
        );
        assert.equal(code, 0, stderr);
        return JSON.parse(stdout) as Flow;
      };
      const secret = kind === 'public' ? {} : { consumerSecret: app.consumerSecret };
      const task: FlowTask = {
        origin,
        consumerKey: app.consumerKey,
        ...secret,
        redirectUri: 'http://127.0.0.1:51004/cb',
      };
      const { url = '', verifier = '', state = '' } = await started(task);
      const { pathname, search } = new URL(url);
      const browser = createBrowser({ port, ca: readFileSync(caFile, 'utf8') });
      const done = await completeFlow(browser, pathname + search, { username: 'tester', password: 's3cret' });
      const { token } = await started({ ...task, verifier, state, answer: locationOf(done) });
      assert.match(token?.access_token ?? '', /^[\w-]{28}$/);
      assert.match(token?.refresh_token ?? '', /^[\w-]{28}$/);
      assert.equal(token?.token_type.toLowerCase(), 'bearer');
    });
  }
}
