import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { InputOf, OutputOf } from '../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';

/** Calls a contract method of a running program. */
export type Call = <N extends MethodName>(name: N, input: InputOf<MethodOf<N>>) => Promise<OutputOf<MethodOf<N>>>;

/** The endpoint's answer to a form. */
const post = (url: string, ca: string, authorization: string, form: string): Promise<string> =>
  new Promise((done, failed) => {
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const asked = request(url, { method: 'POST', ca, headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      done(Buffer.concat(parts).toString());
    });
    asked.on('error', failed);
    asked.end(form);
  });

/** Uses every binary and thread of a program without a vault: a token over HTTPS, the doctor, a backup. */
export async function exercise(call: Call): Promise<void> {
  await call('vault.create', { mode: 'passphrase', passphrase: 'correct horse battery staple' });
  await call('applications.create', { name: 'Shop' });
  const { consumerKey, consumerSecret } = await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const { tokenUrl = '', caFile } = await call('endpoint.start', { port: 0 });
  const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  const form = 'grant_type=client_credentials&scope=device_ipad';
  const answer = JSON.parse(await post(tokenUrl, readFileSync(caFile, 'utf8'), basic, form));
  assert.match(answer.access_token, /^[\w-]{28}$/);

  const { items } = await call('doctor.run', {});
  assert.match(items.find(({ check }) => check === 'Database')?.found ?? '', /sound/);
  const backupPassphrase = 'the passphrase of a backup';
  const { file } = await call('backup.export', { backupPassphrase });
  const preview = await call('backup.preview', { file, backupPassphrase });
  assert.ok(preview.items.length > 0 && preview.items.every(({ state }) => state === 'equal'));
}

/** Loads the page of a served window and one of its scripts. */
export async function openPage(windowUrl: string): Promise<void> {
  const page = await (await fetch(windowUrl)).text();
  assert.match(page, /<title>Keyfob<\/title>/);
  const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? '';
  assert.equal((await fetch(new URL(script, windowUrl))).status, 200);
}
