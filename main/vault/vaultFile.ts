import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { systemError } from '../system/errors.ts';
import { writePrivateFile } from '../system/privateFile.ts';
import { fileDamaged } from './errors.ts';

const newestVersion = 3;

/** The data key, wrapped under a passphrase. */
export interface UnderPassphrase {
  readonly mode: 'passphrase';
  readonly kdf: 'argon2id';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: string;
  readonly wrapped: string;
}

/** Present after a rotation. Both keys are wrapped under the data key. */
interface Rotation {
  readonly tokenKeys: string;
  /** The previous data key, while values sealed with it are left. */
  readonly before?: { readonly keyId: number; readonly wrapped: string } | undefined;
}

/** The content of `vault.json`: how the data key is held, never the key itself. All bytes are base64url. */
export interface VaultFile {
  /** Programs refuse a newer version than their own. */
  readonly version: typeof newestVersion;
  readonly installationId: string;
  /** The number of the data key. */
  readonly keyId: number;
  /** Derived from the data key, to identify it. */
  readonly check: string;
  readonly held: { readonly mode: 'keychain' } | UnderPassphrase;
  readonly recovery: {
    readonly wrapped: string;
    /** A keyed hash of the last group, for the confirmation. Nobody can guess the group without the data key. */
    readonly lastGroup: string;
    readonly confirmed: boolean;
    /** False while nobody has seen the recovery key, because a program created the vault. */
    readonly shown?: boolean | undefined;
  };
  readonly rotation?: Rotation;
}

// Checked by hand. The file is read at every start, and loading a schema library would take longer than all else.

type Unchecked<T> = { readonly [K in keyof T]?: unknown };

const isText = (value: unknown, shape: RegExp): boolean => typeof value === 'string' && shape.test(value);
const isWhole = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bytes16 = /^[\w-]{22}$/;
const bytes32 = /^[\w-]{43}$/;
/** 12 bytes of nonce, 32 of key, 16 of tag. */
const wrap = /^[\w-]{80}$/;
/** 12 bytes of nonce, three keys of 32, 16 of tag. */
const wrapOfThree = /^[\w-]{166}$/;

function isHeld(value: unknown): boolean {
  const held: Unchecked<UnderPassphrase> = Object(value);
  if (held.mode === 'keychain') return true;
  // The upper bounds stop a changed file from using all memory or minutes of CPU. The lower bound is Argon2's own.
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
    file.version === newestVersion &&
    // A key with another number came from a rotation. No token is found without that rotation's token keys.
    (file.rotation === undefined ? file.keyId === 1 : isRotation(file.rotation)) &&
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

const isNewer = (value: unknown): boolean => Number(Object(value).version) > newestVersion;

const pathIn = (folder: string): string => join(folder, 'vault.json');

/** Reads `vault.json`; undefined if it does not exist. Throws `database_newer`, `sealed_value_damaged` or `refused`. */
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
    // `json` stays undefined, which is refused below.
  }
  if (isVaultFile(json)) return json;
  if (isNewer(json)) {
    throw new KeyfobError('database_newer', `${pathIn(folder)} was written by a newer Keyfob. Update this one.`);
  }
  throw fileDamaged(pathIn(folder));
}

/** Replaces `vault.json`; the new content is on disk when this returns. Throws as {@link writePrivateFile}. */
export function writeVaultFile(folder: string, file: VaultFile): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writePrivateFile(pathIn(folder), `${JSON.stringify(file, null, 2)}\n`, { durable: true });
}
