import type { CallFormat, ExportedCall, ExportSet } from '../../main/engine/ports/export.ts';
import { createExportWriter } from '../../main/exports/write.ts';
import { qrCode } from '../../main/platform/qrCode.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';

/** Three devices; two of them differ only in characters that variables lack. */
export const set: ExportSet = {
  application: 'Shop',
  keyType: 'PRODUCTION',
  basic: { consumerKey: 'key', consumerSecret: 'Secret-1' },
  user: { name: 'tester', password: 's3cret' },
  baseUrl: 'https://localhost:8243',
  tokenUrl: 'https://localhost:8243/token',
  apiCall: {
    ...{ call: 'api', method: 'GET', url: 'https://localhost:8243/echo/1.0/', form: [], bearer: null },
    ...{ caFile: 'ca.pem', insecure: false, direct: true },
  },
  caPem: '-----BEGIN CERTIFICATE-----\n',
  devices: [
    { name: 'i-Pad', scope: 'device_i-Pad read', token: 'token-1', expiresAt: '2027-01-15T08:00:00.000Z' },
    { name: 'i.pad', scope: 'device_i.pad', token: 'token-2', expiresAt: 'never' },
    { name: '-x', scope: 'device_-x', token: null, expiresAt: 'never' },
  ],
};

const tokens = { group: 'Tokens', method: 'POST', url: 'tokenUrl', path: [], auth: 'basic' } as const;
const ofToken = { form: [{ name: 'token', variable: 'accessToken' }] };
const ofApi = { group: 'orders/1.0.0', url: 'baseUrl', form: [] } as const;
const calls: readonly ExportedCall[] = [
  {
    ...{ ...tokens, name: 'Token: password', grant: 'password' },
    form: [
      { name: 'grant_type', value: 'password' },
      { name: 'username', variable: 'username' },
      { name: 'password', variable: 'password' },
    ],
  },
  {
    ...{ ...tokens, name: 'Token: authorization code', grant: 'authorization_code' },
    form: [
      { name: 'grant_type', value: 'authorization_code' },
      { name: 'code', variable: 'code' },
    ],
  },
  {
    ...{ ...tokens, name: 'Refresh the token', grant: 'refresh_token' },
    form: [
      { name: 'grant_type', value: 'refresh_token' },
      { name: 'refresh_token', variable: 'refreshToken' },
    ],
  },
  { ...tokens, ...ofToken, name: 'Introspect the token', url: 'introspectUrl' },
  {
    ...{ ...ofApi, name: 'GET /orders/{id}', method: 'GET', auth: 'bearer' },
    path: ['/orders/1.0.0/orders/', { variable: 'path_id' }],
  },
  { ...ofApi, name: 'GET /open', method: 'GET', auth: 'none', path: ['/orders/1.0.0/open'] },
  { ...tokens, ...ofToken, group: 'Revocation', name: 'Revoke the token', url: 'revokeUrl' },
];

/** The same with the calls of a whole application. */
export const applicationSet: ExportSet = {
  ...set,
  calls: {
    authorizeUrl: 'https://localhost:8243/authorize',
    revokeUrl: 'https://localhost:8243/revoke',
    introspectUrl: 'https://localhost:8243/oauth2/introspect',
    calls,
    pathVariables: ['path_id'],
    signIn: { callbackUrl: 'http://localhost:3000/cb', pkce: true },
  },
};

const writer = createExportWriter(renderSnippet, qrCode);

/** The texts of an export by file name. */
export function write(format: CallFormat, secrets: SecretsMode, part: Partial<ExportSet> = {}): Map<string, string> {
  return new Map(writer({ ...set, ...part }, format, secrets).files.map(({ name, text }) => [name, text]));
}

/** The text of one file. Throws without it. */
export function textOf(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`no ${name} among ${[...files.keys()].join(', ')}`);
  return text;
}
