import type { ApplicationFormat, ExportedFile, ExportFormat } from '../../../preload/contract/exports.ts';
import type { SecretsMode, SnippetForm } from '../../../preload/contract/snippets.ts';
import type { GrantType, KeyType } from '../../../preload/contract/values.ts';
import type { SnippetModel } from './snippet.ts';
import type { ApplicationRow } from './store/applications.ts';
import type { KeySetRow } from './store/keys.ts';

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

/** A call of an application. Addresses, keys and tokens are variables of the file, by these names. */
export interface ExportedCall {
  /** The folder that it is in: `Tokens`, or an API. */
  readonly group: string;
  readonly name: string;
  readonly method: string;
  readonly url: 'tokenUrl' | 'revokeUrl' | 'introspectUrl' | 'baseUrl';
  /** The path after the address, in pieces: a text, or the variable of a URI template. */
  readonly path: readonly (string | { readonly variable: string })[];
  readonly auth: 'basic' | 'bearer' | 'none';
  readonly form: readonly (
    | { readonly name: string; readonly value: string }
    | { readonly name: string; readonly variable: string }
  )[];
  /** The grant of a token call. Its reply has the tokens for the other calls. */
  readonly grant?: GrantType;
}

/** The calls of a whole application. */
export interface ExportedCalls {
  readonly authorizeUrl: string;
  readonly revokeUrl: string;
  readonly introspectUrl: string;
  readonly calls: readonly ExportedCall[];
  /** Variables of URI templates. */
  readonly pathVariables: readonly string[];
  /** For keys with the grant `authorization_code`. An empty callback is unknown. */
  readonly signIn?: { readonly callbackUrl: string; readonly pkce: boolean };
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
  /** Absent from an export of device tokens. */
  readonly calls?: ExportedCalls;
}

/** An application with all that API Manager can hold of it. */
export interface ExportedApplication extends Pick<ApplicationRow, 'name' | 'description' | 'tier'> {
  readonly owner: string;
  readonly keySets: readonly (KeySetRow & { readonly consumerSecret: string })[];
  readonly subscriptions: readonly {
    readonly api: string;
    readonly version: string;
    readonly tier: string;
    readonly state: string;
  }[];
}

export interface WrittenExport {
  readonly files: readonly ExportedFile[];
  /** What to do about the secrets that the files lack. */
  readonly toFillIn: readonly string[];
  readonly notes: readonly string[];
}

/** Formats that hold calls, and those of API Manager. */
export type CallFormat = ExportFormat | Exclude<ApplicationFormat, ServerFormat>;
export type ServerFormat = 'apictl' | 'devportal';
/** The rows of a QR code without its margin, at an error correction; true is dark. */
export type EncodeQr = (text: string, correction: 'L' | 'M') => readonly (readonly boolean[])[];
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
export type WriteExport = (set: ExportSet, format: CallFormat, secrets: SecretsMode) => WrittenExport;

/** Writes an application for API Manager. Under `env` its keys are left out. */
export type WriteApplication = (
  application: ExportedApplication,
  format: ServerFormat,
  secrets: SecretsMode,
) => WrittenExport;
