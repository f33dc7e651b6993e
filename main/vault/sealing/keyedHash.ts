import { hash, timingSafeEqual } from 'node:crypto';

const blockLength = 64;
const roomLength = 1024;

/** HMAC-SHA-256 of texts under one key. */
export interface Lookup {
  /** 32 bytes. */
  digest(plain: string): Buffer;
  /** Constant time. */
  matches(plain: string, digest: Uint8Array): boolean;
  /** Wipes the key; what is digested later is worthless. */
  forget(): void;
}

/**
 * HMAC (RFC 2104) as its two hashes: `crypto.hash` with text output takes a third of the time of `createHmac`.
 * The key has 32 bytes.
 */
export function createLookup(key: Uint8Array): Lookup {
  const inner = Buffer.alloc(blockLength + roomLength, 0x36);
  const outer = Buffer.alloc(blockLength + 32, 0x5c);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  const innerPad = inner.subarray(0, blockLength);

  const digest = (plain: string): Buffer => {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    const message =
      3 * plain.length <= roomLength
        ? inner.subarray(0, blockLength + inner.write(plain, blockLength))
        : Buffer.concat([innerPad, Buffer.from(plain)]);
    outer.write(hash('sha256', message, 'binary'), blockLength, 'binary');
    return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
  };

  return {
    digest,
    matches: (plain, expected) => expected.length === 32 && timingSafeEqual(digest(plain), expected),
    forget() {
      inner.fill(0);
      outer.fill(0);
    },
  };
}
