/** Every way a contract call can fail. Closed: programs switch on the code, people read the sentence. */
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
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Where in the input a fault lies: a form shows `message` beside the field at `path`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** What travels beside code and message: JSON only, never a secret. */
export interface ErrorDetails {
  readonly fields?: readonly FieldFault[];
  /** An OAuth2 refusal, in the words of the token endpoint (RFC 6749 section 5.2). */
  readonly oauth?: { readonly error: string; readonly errorDescription: string; readonly status: number };
  /** A taken port, and a free one to offer instead. */
  readonly port?: { readonly taken: number; readonly free: number };
  /** Who owns the data folder. */
  readonly owner?: { readonly pid: number; readonly what: string };
}

/** The one typed exception inside Keyfob. `message` says what happened and what to do, in one sentence. */
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
