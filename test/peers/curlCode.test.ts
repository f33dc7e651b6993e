import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { shell as shells } from '../../preload/contract/snippets.ts';
import { completeFlow, createBrowser, locationOf } from '../endpoint/signInBrowser.ts';
import { cmdWords } from '../snippets/rules/cmd.ts';
import { powershellWords } from '../snippets/rules/powershell.ts';
import { openPeers, run } from './round.ts';

const peers = await openPeers();
after(peers.close);

const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const placeholder = 'YOUR_CODE';
const variable = 'KEYFOB_CODE';

before(async () => {
  await peers.app.call('keys.update', {
    ...keys,
    grantTypes: ['authorization_code', 'refresh_token'],
    callbackUrl: 'http://127.0.0.1/cb?x=1&y=%20',
    pkce: 'required',
  });
});

/** The words that a shell gives to curl. bash runs; parsers of the published quoting rules read the other texts. */
const wordsOf: Readonly<
  Record<(typeof shells.options)[number], (text: string, variables: Readonly<Record<string, string>>) => string[]>
> = {
  bash: (text) => ['bash', '-c', text],
  powershell: (text, variables) => powershellWords(text, '7.3', variables),
  'powershell-5.1': (text, variables) => powershellWords(text, '5.1', variables),
  cmd: (text, variables) => cmdWords(text, 'prompt', (name) => variables[name]),
  batch: (text, variables) => cmdWords(text, 'batch', (name) => variables[name]),
};

for (const shell of shells.options) {
  for (const secrets of ['real', 'env'] as const) {
    test(`the exported exchange for ${shell} with ${secrets} secrets gives a token`, async () => {
      const publicClient = secrets === 'env';
      await peers.app.call('keys.update', { ...keys, publicClient });
      const input = { ...keys, call: 'code', username: 'tester', device: 'curl', shell } as const;
      const shown = await peers.app.call('snippets.render', { ...input, secrets: 'placeholder' });
      const {
        text,
        notes,
        authorizeUrl = '',
        ...rest
      } = await peers.app.call('snippets.render', { ...input, secrets });
      assert.equal(shown.authorizeUrl, authorizeUrl, 'the shown address fits the copied command');
      assert.match(notes[0] ?? '', /^Open this address and sign in: https:/);
      assert.ok(notes.some((note) => note.includes(publicClient ? variable : placeholder)));
      assert.equal(rest.secrets.find(({ secret }) => secret === 'code')?.notKept, true);
      assert.equal(text.includes('YOUR_CONSUMER_SECRET') || / -u /.test(text), !publicClient);

      const { pathname, search } = new URL(authorizeUrl);
      const { port = 0, caFile } = peers.status;
      const browser = createBrowser({ port, ca: readFileSync(caFile, 'utf8') });
      const done = await completeFlow(browser, pathname + search, { username: 'tester', password: 's3cret' });
      const code = new URL(locationOf(done)).searchParams.get('code') ?? '';
      const variables = { [variable]: code, KEYFOB_CA: caFile };
      const [command = '', ...args] = wordsOf[shell](text.replace(placeholder, code), variables);
      const env = { ...process.env, ...variables };
      const here = args.filter((arg) => arg !== '--ssl-no-revoke');
      const { stdout } = await run({ command: command.replace('.exe', ''), args: here, env }, '');
      const token = JSON.parse(stdout);
      assert.equal(token.scope, 'device_curl', stdout);
    });
  }
}

test('a command for a code is not run on its own, and needs one callback', async () => {
  await peers.app.call('keys.update', { ...keys, callbackUrl: 'regexp=https://[a-z]+\\.test/cb' });
  await assert.rejects(peers.app.call('snippets.render', { ...keys, call: 'code' }), /no callback that is one URL/);
  await assert.rejects(peers.app.call('snippets.run', { ...keys, call: 'code' as 'token' }), /call must be one of/i);
});
