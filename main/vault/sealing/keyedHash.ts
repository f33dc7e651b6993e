import { hash, timingSafeEqual } from 'node:crypto';

const blockLength = 64;
const messageRoom = 1024;

/** HMAC-SHA-256 of texts under one key. */
export interface KeyedHash {
  /** 32 bytes. */
  digest(plain: string): Buffer;
  /** Compares in constant time. */
  matches(plain: string, digest: Uint8Array): boolean;
  /** Wipes the key. Later digests are worthless. */
  wipe(): void;
}

/**
 * HMAC (https://www.rfc-editor.org/rfc/rfc2104) as two hashes: `crypto.hash` with text output takes a third of the time of `createHmac`.
 * The key has 32 bytes.
 */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  const inner = Buffer.alloc(blockLength + messageRoom, 0x36);
  const outer = Buffer.alloc(blockLength + 32, 0x5c);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  const innerPad = inner.subarray(0, blockLength);

  const digest = (plain: string): Buffer => {
    // UTF-8 needs at most three bytes per UTF-16 unit.
    const message =
      3 * plain.length <= messageRoom
        ? inner.subarray(0, blockLength + inner.write(plain, blockLength))
        : Buffer.concat([innerPad, Buffer.from(plain)]);
    outer.write(hash('sha256', message, 'binary'), blockLength, 'binary');
    return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
  };

  return {
    digest,
    matches: (plain, expected) => expected.length === 32 && timingSafeEqual(digest(plain), expected),
    wipe() {
      inner.fill(0);
      outer.fill(0);
    },
  };
}
