/** All error codes of contract calls. A closed set: programs switch on the code, people read the message. */
export const errorCodes = [
  'bad_input',
  'not_found',
  'conflict',
  'refused',
  'vault_locked',
  'vault_none',
  'vault_exists',
  'wrong_passphrase',
  'wrong_recovery_key',
  'wrong_identity',
  'keychain_unavailable',
  'keychain_entry_lost',
  'sealed_value_damaged',
  'token_value_not_kept',
  'database_damaged',
  'database_missing',
  'database_newer',
  'vault_mismatch',
  'folder_owned',
  'folder_lost',
  'storage_full',
  'port_in_use',
  'name_not_permitted',
  'backup_not_age',
  'backup_damaged',
  'backup_newer',
  'backup_too_large',
  'unauthenticated',
  'call_failed',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error of one input field. A form shows `message` next to the field at `path`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Data in addition to code and message: JSON only, never a secret. */
export interface ErrorDetails {
  readonly fields?: readonly FieldFault[];
  /** The OAuth refusal of the token endpoint (https://www.rfc-editor.org/rfc/rfc6749#section-5.2). */
  readonly oauth?: { readonly error: string; readonly errorDescription: string; readonly status: number };
  /** A taken port, and a free one to offer instead. */
  readonly port?: { readonly taken: number; readonly free: number };
  /** The error text of the system's keychain, for a report. */
  readonly system?: string;
  /** The process that owns the data folder. */
  readonly owner?: { readonly pid: number; readonly what: string };
}

/** The typed exception of Keyfob. `message` says what happened and what to do. */
export class KeyfobError extends Error {
  override readonly name = 'KeyfobError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
