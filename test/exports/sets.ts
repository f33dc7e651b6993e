import type { ExportSet } from '../../main/engine/ports/export.ts';
import { createExportWriter } from '../../main/exports/write.ts';
import { qrCode } from '../../main/platform/qrCode.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import type { ExportFormat } from '../../preload/contract/exports.ts';
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

const writer = createExportWriter(renderSnippet, qrCode);

/** The texts of an export by file name. */
export function write(format: ExportFormat, secrets: SecretsMode, part: Partial<ExportSet> = {}): Map<string, string> {
  return new Map(writer({ ...set, ...part }, format, secrets).files.map(({ name, text }) => [name, text]));
}

/** The text of one file. Throws without it. */
export function textOf(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`no ${name} among ${[...files.keys()].join(', ')}`);
  return text;
}
