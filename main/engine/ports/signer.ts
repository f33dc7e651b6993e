import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { SigningKey } from '../../../preload/contract/signingKeys.ts';
import type { SigningAlgorithm } from '../../../preload/contract/values.ts';

/** A public key of this installation (https://www.rfc-editor.org/rfc/rfc7517#section-4). */
export interface Jwk {
  readonly kty: string;
  /** Its thumbprint (https://www.rfc-editor.org/rfc/rfc7638), or a name of API Manager's. */
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: SigningAlgorithm;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

/** The versions of API Manager that name keys alike (JWT reference 7). */
export type Era = '2.x' | '4.x';

/** The header of a JWT, without what its key says. */
export interface JwsHeader {
  readonly typ?: string | undefined;
  /** The version whose name of the key it has. Undefined: the thumbprint. */
  readonly era?: Era | undefined;
  /** Whether it has `x5t` in the form of the version. */
  readonly exact?: boolean;
}

/** Signs by the keys of this installation. Throws `vault_locked` while they are sealed. */
export interface Signer {
  /**
   * Signs claims as a compact JWS (https://www.rfc-editor.org/rfc/rfc7515#section-7.1) by the newest key of the
   * algorithm, and adds `alg` and the name of the key to the header. The key stays published until the claim `exp`.
   */
  sign(algorithm: SigningAlgorithm, header: JwsHeader, claims: Readonly<Record<string, unknown>>): string;
  /**
   * The published public keys, each under all its names: the current ones, and retired ones that unexpired signatures
   * name.
   */
  keys(): readonly Jwk[];
}

/** A decoded JWS. */
export interface DecodedJws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The key that its header names; undefined if it is none of ours. */
  readonly key: SigningKey | undefined;
  /** Whether that key signed exactly this. */
  readonly isGood: boolean;
}

/** The signing keys, for people. */
export interface SigningKeyControl {
  /** Oldest first. */
  list(): readonly SigningKey[];
  /** Creates a key that signs from now on, and retires the current one. */
  rotate(algorithm: SigningAlgorithm): Promise<SigningKey>;
  /** The published keys with their private parts, for a backup. */
  exportPublished(): readonly BackupLine<'signingKey'>[];
  /**
   * Writes a key of a backup. It signs if it signed there and no key of its algorithm has signed here; else it is
   * retired. Must run in a transaction. Throws `backup_damaged`.
   */
  restore(line: BackupLine<'signingKey'>): void;
  /** Decodes a compact JWS and checks its signature. Undefined for other text. */
  decode(jws: string): DecodedJws | undefined;
}
