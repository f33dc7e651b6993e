import assert from 'node:assert/strict';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { readCurl } from './curl.ts';

/** Key and secret as a server reads them: of Basic, else of the form. */
export function credentialsOf(words: readonly string[]): string | undefined {
  const { user, headers, body } = readCurl(words);
  const [basic] = headers.flatMap((header) => /^Authorization: Basic (.*)$/.exec(header)?.[1] ?? []);
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('latin1');
  const form = new URLSearchParams(body);
  return user ?? `${form.get('client_id')}:${form.get('client_secret')}`;
}

/** Asserts that curl makes exactly the model's call with these words. */
export function assertCalls(words: readonly string[], model: SnippetModel) {
  const call = readCurl(words);
  assert.equal(call.method, model.method);
  assert.match(call.url, /^[!#-;=?-[\]_a-z{}~]+$/, 'a URL that curl takes');
  assert.equal(decodeURIComponent(call.url), decodeURIComponent(model.url));
  assert.equal(call.user, model.basic && `${model.basic.consumerKey}:${model.basic.consumerSecret}`);
  assert.deepEqual(call.headers, model.bearer === undefined ? [] : [`Authorization: Bearer ${model.bearer}`]);
  assert.equal(call.caFile, model.insecure ? undefined : model.caFile);
  assert.equal(call.flags.has('-k'), model.insecure);
  assert.equal(words[1] === '-q', model.direct, 'first, where it counts');
  assert.equal(call.noProxy, model.direct ? '*' : undefined);
  assert.equal(call.flags.has('--ssl-no-revoke'), words[0] === 'curl.exe');
  assert.deepEqual(
    [...new URLSearchParams(call.body)],
    model.form.map(({ name, value }) => [name, value]),
  );
}
