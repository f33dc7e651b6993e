import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { ExportSet } from '../engine/ports/export.ts';
import { jsonText } from './json.ts';
import { secretsOf, tokenVariables } from './variables/secrets.ts';

/** Prefixes an apostrophe to a cell that starts like a formula, because spreadsheets would run it. */
const harmless = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text);

/** Quotes a cell (https://www.rfc-editor.org/rfc/rfc4180#section-2). */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Devices and tokens as CSV. Under `env` the token column is empty. */
export const writeCsv = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const { tokens } = secretsOf(set, mode);
  const rows = [
    ['device', 'access_token', 'scope', 'expires_at'],
    ...set.devices.map(({ name, scope, expiresAt }, at) => [
      harmless(name),
      tokens[at] ?? '',
      harmless(scope),
      expiresAt,
    ]),
  ];
  return { name: 'devices.csv', text: rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('') };
};

/** One device and its token a line, with a tab between. */
export const writeLines = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const { tokens } = secretsOf(set, mode);
  return { name: 'devices.txt', text: set.devices.map(({ name }, at) => `${name}\t${tokens[at]}\n`).join('') };
};

/** Devices and tokens as JSON, with the variable that other formats use for each. */
export const writeJson = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const { tokens } = secretsOf(set, mode);
  const variables = tokenVariables(set, 'upper');
  const { application, keyType, baseUrl, tokenUrl, user } = set;
  const devices = set.devices.map(({ name, scope, expiresAt }, at) => ({
    device: name,
    variable: variables[at],
    ...(mode !== 'env' && { accessToken: tokens[at] }),
    scope,
    expiresAt,
  }));
  return {
    name: 'devices.json',
    text: jsonText({
      ...{ application, keyType, consumerKey: set.basic.consumerKey },
      ...(user !== undefined && { username: user.name }),
      ...{ baseUrl, tokenUrl, ca: 'ca.pem', devices },
    }),
  };
};
