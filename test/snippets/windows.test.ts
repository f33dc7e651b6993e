import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import type { Shell } from '../../preload/contract/snippets.ts';
import { assertCalls, credentialsOf } from './check.ts';
import { readCurl } from './curl.ts';
import {
  base,
  consumerKey,
  hostileCredentials,
  hostileLine,
  hostileModel,
  hostileText,
  hostileValues,
} from './models.ts';
import { cmdWords } from './rules/cmd.ts';
import { powershellWords } from './rules/powershell.ts';

// Does not run PowerShell and cmd. The parsers in `rules/` follow the published quoting rules and read the texts. They
// must give curl the intended words.

type Variables = Readonly<Record<string, string>>;

/** Every name that a stray percent sign could spell is a variable, so that no test passes by luck. */
const environment =
  (variables: Variables) =>
  (name: string): string | undefined =>
    variables[name] ?? (/^[\w ~+.-]+$/.test(name) ? 'EXPANDED' : undefined);

const readers: readonly { shell: Exclude<Shell, 'bash'>; read: (text: string, variables: Variables) => string[] }[] = [
  { shell: 'powershell', read: (text, variables) => powershellWords(text, '7.3', variables) },
  { shell: 'powershell-5.1', read: (text, variables) => powershellWords(text, '5.1', variables) },
  { shell: 'cmd', read: (text, variables) => cmdWords(text, 'prompt', environment(variables)) },
  { shell: 'batch', read: (text, variables) => cmdWords(text, 'batch', environment(variables)) },
];

for (const { shell, read } of readers) {
  describe(shell, () => {
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
        assertCalls(read(renderSnippet(model, shell, 'real').text, {}), model);
      }
    });

    test('gives curl any call unchanged', () => {
      fc.assert(
        fc.property(hostileModel, (model) => {
          assertCalls(read(renderSnippet(model, shell, 'real').text, {}), model);
        }),
        { numRuns: 500 },
      );
    });

    test('keeps form values in ASCII, so that code pages and delayed expansion change nothing', () => {
      fc.assert(
        fc.property(hostileText, (value) => {
          const { text } = renderSnippet({ ...base, form: [{ name: 'username', value }] }, shell, 'real');
          assert.match(text, shell.startsWith('powershell') ? /^[ -~\n]*$/ : /^[ "-~\n]*$/);
        }),
      );
    });

    test('takes secrets from variables', () => {
      // cmd inserts a variable's value before it reads quotes. Its notes tell the limits.
      const password = shell.startsWith('powershell')
        ? hostileText
        : hostileLine.map((text) => text.replace(/[^ -~]|"/gu, '').replace(/\\+$/, ''));
      fc.assert(
        fc.property(password, hostileText, (value, username) => {
          const model: SnippetModel = {
            ...base,
            basic: { consumerKey, consumerSecret: 'one_Secret-1' },
            bearer: 'one.Token_1',
            form: [
              { name: 'username', value: username },
              { name: 'password', value, secret: 'password' },
              { name: 'refresh_token', value: 'two.Token_1', secret: 'refreshToken' },
            ],
          };
          const variables = {
            KEYFOB_CONSUMER_SECRET: 'one_Secret-1',
            KEYFOB_ACCESS_TOKEN: 'one.Token_1',
            KEYFOB_REFRESH_TOKEN: 'two.Token_1',
            KEYFOB_PASSWORD: value,
          };
          assertCalls(read(renderSnippet(model, shell, 'env').text, variables), model);
        }),
      );
    });

    test('gives curl any key and secret of another server unchanged', () => {
      fc.assert(
        fc.property(hostileCredentials, (basic) => {
          const model: SnippetModel = { ...base, basic, form: [{ name: 'grant_type', value: 'client_credentials' }] };
          const pair = `${basic.consumerKey}:${basic.consumerSecret}`;
          assert.equal(credentialsOf(read(renderSnippet(model, shell, 'real').text, {})), pair);
          // cmd inserts a variable's value before it reads quotes. Its notes tell the limits.
          if (!shell.startsWith('powershell') && /"|\\$/.test(basic.consumerSecret)) return;
          const variables = { KEYFOB_CONSUMER_SECRET: basic.consumerSecret };
          assert.equal(credentialsOf(read(renderSnippet(model, shell, 'env').text, variables)), pair);
        }),
      );
    });

    test('quotes placeholders, so that any secret can replace them', () => {
      const form = [{ name: 'password', value: 'x', secret: 'password' as const }];
      const { text } = renderSnippet(
        { ...base, basic: { consumerKey, consumerSecret: 'x' }, form },
        shell,
        'placeholder',
      );
      const call = readCurl(read(text, {}));
      assert.equal(call.user, `${consumerKey}:YOUR_CONSUMER_SECRET`);
      assert.equal(call.body, 'password=YOUR_PASSWORD');
      assert.match(text, /-u ['"]/);
      assert.match(text, /--data-urlencode ['"]/);
    });
  });
}
