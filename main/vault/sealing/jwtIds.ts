import type { Random } from '../../engine/ports/ports.ts';
import { createPermutation } from './permutation.ts';

const rowIdLength = 5;
const uuidLength = 16;

/** Our payloads name `jti` once. In a text, its quotes would be escaped. */
const jti = /"jti":"([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"/;
const shape = /^[\w-]+\.([\w-]+)\.[\w-]+$/;
/** The payload of a JWT with hundreds of subscriptions is shorter. */
const longest = 65_536;

/**
 * Ids of JWTs (`jti`, https://www.rfc-editor.org/rfc/rfc7519#section-4.1.7), in WSO2's form of a random UUID. The first five bytes are a
 * permuted row id, so 82 bits are random. They need not be secret: the store compares the whole JWT.
 */
export interface JwtIds {
  mint(rowId: number): string;
  /** The row id inside a JWT. It does not prove that the JWT is genuine, so nothing else is read from it. */
  rowIdOf(jwt: string): number | undefined;
}

/** The key has 32 bytes. */
export function createJwtIds(key: Uint8Array, random: Random): JwtIds {
  const { permute, restore } = createPermutation(key);
  return {
    mint(rowId) {
      const bytes = Buffer.alloc(uuidLength);
      bytes.set(random.bytes(uuidLength));
      bytes.writeUIntBE(permute(rowId), 0, rowIdLength);
      // Version 4, variant 10. https://www.rfc-editor.org/rfc/rfc9562#section-5.4
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    },
    rowIdOf(jwt) {
      const payload = jwt.length > longest ? undefined : shape.exec(jwt)?.[1];
      const id = payload && jti.exec(Buffer.from(payload, 'base64url').toString('latin1'))?.[1];
      if (!id) return undefined;
      const rowId = restore(Number.parseInt(id.slice(0, 8) + id.slice(9, 11), 16));
      return rowId === 0 ? undefined : rowId;
    },
  };
}
