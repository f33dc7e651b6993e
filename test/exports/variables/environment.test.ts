import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import {
  type EnvironmentFormat,
  environmentFormats,
  writeEnvironment,
} from '../../../main/exports/variables/environment.ts';
import { failing } from '../../helpers/engine.ts';
import { hostileText, hostileValues } from '../../snippets/models.ts';

const caPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const context = { application: 'My Shop & Sons', caPem, delimiter: 'EOF_0123456789abcdef' };

/** The value as a format writes it; undefined if it refuses the value. */
const written = (value: string, format: EnvironmentFormat): string | undefined => {
  try {
    return writeEnvironment([{ name: 'V', value, secret: true }], format, context).text;
  } catch (error) {
    failing('bad_input')(error);
    return undefined;
  }
};

/** Values of `V` as a shell has them that runs each text. */
const sourced = (texts: readonly string[]): readonly string[] => {
  const script = texts.map((text) => `${text}printf '%s\\0' "$V"\n`).join('');
  const options = { input: script, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }, encoding: 'utf8' } as const;
  return execFileSync('bash', ['--norc', '--noprofile'], options).split('\0').slice(0, -1);
};

/** What a reader of a format gets, by its published rules where the reader is not here. */
const readers: { readonly [F in Exclude<EnvironmentFormat, 'shell'>]: (text: string) => string | undefined } = {
  dotenv: (text) => parseEnv(text).V,
  // https://fishshell.com/docs/current/language.html#quotes
  fish: (text) => /^set -gx V '((?:[^'\\]|\\['\\])*)'\n$/.exec(text)?.[1]?.replace(/\\(['\\])/g, '$1'),
  // about_Quoting_Rules: two quotes of any kind are one.
  powershell: (text) =>
    /^\$env:V = '((?:[^'‘’‚‛]|['‘’‚‛]{2})*)'\n$/.exec(text)?.[1]?.replace(/(['‘’‚‛])['‘’‚‛]/g, '$1'),
  cmd: (text) => /^set "V=([^"\r\n]*)"\r\n$/.exec(text)?.[1]?.replaceAll('%%', '%'),
  json: (text) => JSON.parse(text).V,
  github: (text) => /^V<<(EOF_\w+)\n(.*)\n\1\n$/s.exec(text)?.[2],
  k8s: (text) => parseAllDocuments(text)[0]?.toJS().stringData.V,
  docker: (text) => /^V=([^\r\n]*)\n$/.exec(text)?.[1],
};

for (const format of environmentFormats) {
  // A property would start a shell for each value.
  if (format === 'shell') continue;
  test(`${format}: its reader gets each value that is not refused`, () => {
    const check = (value: string) => {
      const text = written(value, format);
      if (text !== undefined) assert.equal(readers[format](text), value);
    };
    for (const value of hostileValues) check(value);
    fc.assert(fc.property(hostileText, check));
  });
}

test('a shell gets every value, and runs no part of it', () => {
  const values = [...hostileValues, ...fc.sample(hostileText, 300)].filter((value) => !value.includes('\0'));
  assert.deepEqual(sourced(values.map((value) => written(value, 'shell') ?? '')), values);
});

test('only docker, cmd and dotenv refuse values', () => {
  const refusing = environmentFormats.filter((format) =>
    hostileValues.some((value) => written(value, format) === undefined),
  );
  assert.deepEqual(refusing, ['dotenv', 'cmd', 'docker']);
  assert.throws(
    () => writeEnvironment([{ name: 'V', value: 'a\nb' }], 'docker', context),
    /V has a line break, which the format docker cannot hold/,
  );
});

test('GitHub masks each line of each secret, and nothing else', () => {
  const variables = [
    { name: 'A', value: 'two\r\nlines 100%', secret: true },
    { name: 'B', value: 'public' },
  ] as const;
  const { masks } = writeEnvironment(variables, 'github', context);
  assert.deepEqual(masks, ['::add-mask::two\n', '::add-mask::lines 100%25\n']);
});

test('Kubernetes gets a Secret without paths of this machine, and the authority as a ConfigMap', () => {
  const variables = [
    { name: 'KEYFOB_CA', value: '/home/ann/ca.pem' },
    { name: 'KEYFOB_CONSUMER_KEY', value: 'key' },
  ];
  const { text } = writeEnvironment(variables, 'k8s', context);
  assert.deepEqual(
    parseAllDocuments(text).map((document) => document.toJS()),
    [
      {
        ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keyfob-my-shop-sons' }, type: 'Opaque' },
        stringData: { KEYFOB_CONSUMER_KEY: 'key' },
      },
      {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'keyfob-my-shop-sons-ca' } },
        data: { 'ca.crt': caPem },
      },
    ],
  );
});
