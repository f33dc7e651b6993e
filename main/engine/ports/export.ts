import type { ExportedFile, ExportFormat } from '../../../preload/contract/exports.ts';
import type { SecretsMode, SnippetForm } from '../../../preload/contract/snippets.ts';
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

/** A call to hand over. */
export interface SharedCall {
  /** With the file of the authority as the receiver has it: `./ca.pem`, or from the variable KEYFOB_CA. */
  readonly model: SnippetModel;
  /** Names the folder, in small letters. */
  readonly name: string;
  /** The certificate for `./ca.pem`. */
  readonly caPem?: string;
  /** What the call does, where it goes, and what the receiver needs first, as sentences. */
  readonly introduction: readonly string[];
  /** When its token expires, as a sentence. */
  readonly expiry: string;
}

/** Writes a call in some forms, with instructions. Throws `bad_input` for a value that a form cannot hold. */
export type WriteCall = (
  call: SharedCall,
  forms: readonly SnippetForm[],
  secrets: SecretsMode,
) => {
  readonly folder: string;
  readonly files: readonly ExportedFile[];
  readonly notes: readonly string[];
  readonly containsSecrets: boolean;
};

/** Writes a set in a format, the main file first. Throws `bad_input` for a value that the format cannot hold. */
export type WriteExport = (
  set: ExportSet,
  format: ExportFormat,
  secrets: SecretsMode,
) => { readonly files: readonly ExportedFile[]; readonly notes: readonly string[] };
