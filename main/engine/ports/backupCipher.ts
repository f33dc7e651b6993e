/** Whom a backup is encrypted for. */
export type BackupRecipient = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** The passphrase or identity that opens a backup. */
export interface BackupKey {
  readonly passphrase?: string | undefined;
  readonly identity?: string | undefined;
}

/**
 * Files in age's format, as base64; `main/backup` implements it. Clear text stays in memory. Every function throws
 * `backup_too_large`; those that read a file throw `backup_not_age` or `backup_newer`.
 */
export interface BackupCipher {
  /** Throws `bad_input` for an invalid recipient. */
  seal(text: string, recipient: BackupRecipient): Promise<{ readonly file: string; readonly bytes: number }>;
  /** Opens a sealed file as `open` does, and gives its content as base64. Gives any other file unchanged. */
  unsealed(file: string, key: BackupKey): Promise<string>;
  opensWith(file: string): 'passphrase' | 'identity';
  /** Throws `wrong_passphrase`, `wrong_identity`, `backup_damaged`; `bad_input` for a missing or invalid key. */
  open(file: string, key: BackupKey): Promise<string>;
}
