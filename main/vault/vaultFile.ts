import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { systemError } from '../system/errors.ts';
import { writePrivateFile } from '../system/privateFile.ts';
import { fileDamaged } from './errors.ts';

/** The data key under a passphrase. */
export interface UnderPassphrase {
  readonly mode: 'passphrase';
  readonly kdf: 'argon2id';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: string;
  readonly wrapped: string;
}

/** What is there besides once the data key was replaced. Both are wrapped under the data key. */
interface Rotation {
  readonly tokenKeys: string;
  /** The data key before, until nothing is left that it sealed. */
  readonly before?: { readonly keyId: number; readonly wrapped: string } | undefined;
}

/** How the data key is held, never the key itself. All bytes are base64url. */
export interface VaultFile {
  /**
   * 1: never rotated; 2: rotated; 3: either, and the wrap of `held` is bound to the fields around it. Older programs refuse
   * newer versions.
   */
  readonly version: 1 | 2 | 3;
  readonly installationId: string;
  /** The number of the data key. */
  readonly keyId: number;
  /** Derived from the data key: tells it from another one. */
  readonly check: string;
  readonly held: { readonly mode: 'keychain' } | UnderPassphrase;
  readonly recovery: {
    readonly wrapped: string;
    /** A keyed hash, to confirm by; only the data key can tell what it is of. */
    readonly lastGroup: string;
    readonly confirmed: boolean;
    /** False while nobody was ever shown the recovery key: the vault was created by a program alone. */
    readonly shown?: boolean | undefined;
  };
  readonly rotation?: Rotation;
}

// Checked by hand: this is read at every start, and a schema library would be the largest thing loaded for it.

type Unchecked<T> = { readonly [K in keyof T]?: unknown };

const isText = (value: unknown, shape: RegExp): boolean => typeof value === 'string' && shape.test(value);
const isWhole = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bytes16 = /^[\w-]{22}$/;
const bytes32 = /^[\w-]{43}$/;
/** 12 bytes of nonce, 32 of data key, 16 of tag. */
const wrap = /^[\w-]{80}$/;
/** The same of three keys. */
const wrapOfThree = /^[\w-]{166}$/;

function isHeld(value: unknown): boolean {
  const held: Unchecked<UnderPassphrase> = Object(value);
  if (held.mode === 'keychain') return true;
  // The upper bounds keep a changed file from taking the machine's memory or minutes; the lower one is Argon2's own.
  const isCost = isWhole(held.memoryKiB, 262_144) && isWhole(held.passes, 10) && isWhole(held.lanes, 4);
  const isEnough = Number(held.memoryKiB) >= 8 * Number(held.lanes);
  const isWrap = isText(held.salt, bytes16) && isText(held.wrapped, wrap);
  return held.mode === 'passphrase' && held.kdf === 'argon2id' && isCost && isEnough && isWrap;
}

function isRotation(value: unknown): boolean {
  const rotation: Unchecked<Rotation> = Object(value);
  const before: Unchecked<Rotation['before'] & object> = Object(rotation.before);
  const isBefore = isWhole(before.keyId, 255) && isText(before.wrapped, wrap);
  return isText(rotation.tokenKeys, wrapOfThree) && (rotation.before === undefined || isBefore);
}

function isVaultFile(value: unknown): value is VaultFile {
  const file: Unchecked<VaultFile> = Object(value);
  const recovery: Unchecked<VaultFile['recovery']> = Object(file.recovery);
  return (
    (file.rotation === undefined
      ? // A key with another number came from a rotation, and without its token keys no token is found.
        (file.version === 1 || file.version === 3) && file.keyId === 1
      : (file.version === 2 || file.version === 3) && isRotation(file.rotation)) &&
    isText(file.installationId, uuid) &&
    isWhole(file.keyId, 255) &&
    isText(file.check, bytes32) &&
    isHeld(file.held) &&
    isText(recovery.wrapped, wrap) &&
    isText(recovery.lastGroup, bytes32) &&
    typeof recovery.confirmed === 'boolean' &&
    (recovery.shown === undefined || typeof recovery.shown === 'boolean')
  );
}

const newestVersion = 3;
const isNewer = (value: unknown): boolean => Number(Object(value).version) > newestVersion;

const pathIn = (folder: string): string => join(folder, 'vault.json');

/** Reads `vault.json`; nothing when there is none. Throws `database_newer`, `sealed_value_damaged`, or `refused`. */
export function readVaultFile(folder: string): VaultFile | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw systemError(error, pathIn(folder));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Falls through to the refusal below: undefined is no vault file.
  }
  if (isVaultFile(json)) return json;
  if (isNewer(json)) {
    throw new KeyfobError('database_newer', `${pathIn(folder)} was written by a newer Keyfob; update this one.`);
  }
  throw fileDamaged(pathIn(folder));
}

/** Replaces `vault.json`; the new one is on disk when this returns. Throws as {@link writePrivateFile}. */
export function writeVaultFile(folder: string, file: VaultFile): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writePrivateFile(pathIn(folder), `${JSON.stringify(file, null, 2)}\n`, { durable: true });
}
