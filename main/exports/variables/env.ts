import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { ExportedFile } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportSet } from '../../engine/ports/export.ts';
import { secretsOf, tokenVariables } from './secrets.ts';

/**
 * Writes `NAME=value` so that dotenv, Node, Compose and a shell (`set -a; . ./.env`) read the same value. Only the quotes
 * differ between them, so a value with quotes of several kinds is refused. No shell runs or expands a part of it.
 */
export const envLine = (name: string, value: string): string => {
  if (/^[A-Za-z0-9_.:/@-]*$/.test(value)) return `${name}=${value}\n`;
  if (!/['\r]/.test(value)) return `${name}='${value}'\n`;
  if (!/["$`\\\r]/.test(value)) return `${name}="${value}"\n`;
  throw new KeyfobError(
    'bad_input',
    `The readers of .env files quote differently, so ${name} cannot hold a quote together with ", $, \` or \\, nor a carriage return. Leave the secrets out, or choose another format.`,
  );
};

/** A `.env` file of addresses, keys and tokens. Under `env` it is a form to fill in. */
export const writeEnv = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const secrets = secretsOf(set, mode);
  const variables = tokenVariables(set, 'upper');
  const entries: readonly (readonly [string, string])[] = [
    ['KEYFOB_BASE_URL', set.baseUrl],
    ['KEYFOB_TOKEN_URL', set.tokenUrl],
    ['KEYFOB_CA', 'ca.pem'],
    ['KEYFOB_CONSUMER_KEY', set.basic.consumerKey],
    ['KEYFOB_CONSUMER_SECRET', secrets.consumerSecret],
    ...(set.user === undefined
      ? []
      : ([
          ['KEYFOB_USERNAME', set.user.name],
          ['KEYFOB_PASSWORD', secrets.password],
        ] as const)),
    ...set.devices.map((_, at) => [variables[at] ?? '', secrets.tokens[at] ?? ''] as const),
  ];
  const text = entries.map(([name, value]) => envLine(name, value)).join('');
  return { name: mode === 'real' ? '.env' : '.env.example', text };
};
