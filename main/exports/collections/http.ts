import type { ExportedFile } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportedCall, ExportSet } from '../../engine/ports/export.ts';
import { tokenForm } from '../form.ts';
import { jsonText } from '../json.ts';
import { secretsOf, tokenVariables } from '../variables/secrets.ts';
import { variablesOf } from '../variables/variables.ts';
import { isOfApi, tokensOf, urlOf } from './calls.ts';

/** `common` is what all three programs read. The others use the program's own way to keep the token of a reply. */
export type HttpDialect = 'common' | 'http-jetbrains' | 'http-vscode' | 'http-visual-studio';

const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** No program encodes the values in a body, so they are written encoded. */
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed()).replace(/[!'()*~]/g, hex);

const post = (url: string) => [`POST ${url}`, 'Authorization: Basic {{basic}}'];
const formType = 'Content-Type: application/x-www-form-urlencoded';

const deviceRequests = (set: ExportSet): readonly string[] => {
  const variables = tokenVariables(set, 'camel');
  return set.devices.map((device, at) => {
    const fields = tokenForm(set, device).map(
      ({ name, value, secret }) => `${name}=${secret === undefined ? encoded(value ?? '') : `{{${secret}}}`}`,
    );
    const variable = variables[at] ?? '';
    const own = variable.slice('accessToken_'.length);
    return [
      `### Token of ${device.name}`,
      `# @name token_${own}`,
      ...post('{{tokenUrl}}'),
      formType,
      '',
      fields.join('&'),
      '',
      `### Call as ${device.name}`,
      `# @name call_${own}`,
      'GET {{apiUrl}}',
      `Authorization: Bearer {{${variable}}}`,
      '',
    ].join('\n');
  });
};

const isToken = (variable: string): boolean => variable === 'accessToken' || variable === 'refreshToken';

/** The token call whose reply the other calls use: of a user if possible. The last one that is no refresh. */
const mainTokenCall = (calls: readonly ExportedCall[]): ExportedCall | undefined =>
  calls.findLast(({ grant }) => grant !== undefined && grant !== 'refresh_token' && grant !== 'authorization_code') ??
  calls.find(({ grant }) => grant === 'authorization_code');

/** How a dialect names a token of an earlier reply. */
const tokenReference = (variable: string, dialect: HttpDialect, main: ExportedCall | undefined): string => {
  if (dialect === 'http-jetbrains' || main === undefined) return `{{${variable}}}`;
  const member = variable === 'accessToken' ? 'access_token' : 'refresh_token';
  return `{{token_${main.grant}.response.body.$.${member}}}`;
};

const callRequest = (call: ExportedCall, dialect: HttpDialect, main: ExportedCall | undefined): string => {
  const of = (variable: string) => (isToken(variable) ? tokenReference(variable, dialect, main) : `{{${variable}}}`);
  const url = urlOf(call, (name) => `{{${name}}}`);
  const authorization = {
    basic: ['Authorization: Basic {{basic}}'],
    bearer: [`Authorization: Bearer ${of('accessToken')}`],
    none: [],
  }[call.auth];
  const fields = call.form.map(
    (field) => `${field.name}=${'variable' in field ? of(field.variable) : encoded(field.value)}`,
  );
  const kept = tokensOf(call).map(([variable, member]) => `client.global.set("${variable}", response.body.${member});`);
  return [
    `### ${isOfApi(call) ? `${call.group}: ` : ''}${call.name}`,
    ...(call.grant === undefined ? [] : [`# @name token_${call.grant}`]),
    ...[`${call.method} ${url}`, ...authorization],
    ...(fields.length === 0 ? [] : [formType, '', fields.join('&')]),
    ...(dialect === 'http-jetbrains' && kept.length > 0 ? ['', `> {% ${kept.join(' ')} %}`] : []),
    '',
  ].join('\n');
};

const requestsOf = (set: ExportSet, dialect: HttpDialect): readonly string[] => {
  if (set.calls === undefined) return deviceRequests(set);
  const { calls } = set.calls;
  const main = mainTokenCall(calls);
  const written = calls.map((call) => callRequest(call, dialect, main));
  return [...written.slice(0, -1), ...deviceRequests(set), ...written.slice(-1)];
};

/** Variables that forms hold, and no address. */
const inForms: ReadonlySet<string> = new Set(['username', 'consumerKey', 'redirectUri', 'password']);

/** The variables whose values are no secrets, at the top of the file. Device requests need only the addresses. */
const declarations = (set: ExportSet): string =>
  variablesOf(set, 'env')
    .filter(({ name, secret }) => !secret && (set.calls !== undefined || name === 'tokenUrl' || name === 'apiUrl'))
    .map(({ name, value }) => `@${name} = ${inForms.has(name) ? encoded(value) : value}\n`)
    .join('');

/** The secret variables. Tokens of replies are not in the file. */
const secretValues = (set: ExportSet, mode: SecretsMode): Readonly<Record<string, string>> => ({
  basic: secretsOf(set, mode).basic,
  ...Object.fromEntries(
    variablesOf(set, mode)
      .filter(({ name, secret }) => secret && !isToken(name) && name !== 'consumerSecret')
      .map(({ name, value }) => [name, mode === 'real' && inForms.has(name) ? encoded(value) : value]),
  ),
});

const environmentFiles: Readonly<Record<HttpDialect, readonly string[]>> = {
  // JetBrains and Visual Studio read different files.
  common: ['http-client.private.env.json', 'http-client.env.json.user', '.vscode/settings.json'],
  'http-jetbrains': ['http-client.private.env.json'],
  'http-visual-studio': ['http-client.env.json.user'],
  'http-vscode': ['.vscode/settings.json'],
};

/** Requests as text for VS Code's REST Client, JetBrains and Visual Studio. The secrets are in their environment files. */
export const writeHttp = (
  set: ExportSet,
  mode: SecretsMode,
  dialect: HttpDialect = 'common',
): readonly ExportedFile[] => {
  const values = secretValues(set, mode);
  const environment = jsonText({ keyfob: values });
  const settings = jsonText({ 'rest-client.environmentVariables': { keyfob: values } });
  const files = environmentFiles[dialect];
  return [
    { name: 'keyfob.http', text: `${declarations(set)}\n${requestsOf(set, dialect).join('\n')}` },
    ...(dialect === 'http-vscode' ? [] : [{ name: 'http-client.env.json', text: jsonText({ keyfob: {} }) }]),
    ...files.map((name) => ({ name, text: name.startsWith('.vscode') ? settings : environment })),
    { name: '.gitignore', text: `${files.join('\n')}\n` },
  ];
};
