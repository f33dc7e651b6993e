import type { ExportedFile, ExportFormat } from '../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { SnippetModel } from './snippet.ts';

/** The token of a device. */
export interface ExportedDevice {
  readonly name: string;
  /** All its scopes, the device's included. */
  readonly scope: string;
  /** Null where only its hash is stored. */
  readonly token: string | null;
  /** ISO 8601 in UTC, or `never`. */
  readonly expiresAt: string;
}

/** All that an export can hold, with values in clear. */
export interface ExportSet {
  readonly application: string;
  readonly keyType: KeyType;
  readonly basic: NonNullable<SnippetModel['basic']>;
  /** Absent for application tokens. Its password is null if it has none. */
  readonly user?: { readonly name: string; readonly password: string | null };
  readonly baseUrl: string;
  readonly tokenUrl: string;
  /** A call of an API, without its token. */
  readonly apiCall: SnippetModel;
  /** The certificate of the authority, as `ca.pem` in the folder. */
  readonly caPem: string;
  readonly devices: readonly ExportedDevice[];
}

/** The rows of a QR code without its margin, at an error correction; true is dark. */
export type EncodeQr = (text: string, correction: 'L' | 'M') => readonly (readonly boolean[])[];

/** Writes a set in a format, the main file first. Throws `bad_input` for a value that the format cannot hold. */
export type WriteExport = (
  set: ExportSet,
  format: ExportFormat,
  secrets: SecretsMode,
) => { readonly files: readonly ExportedFile[]; readonly notes: readonly string[] };
