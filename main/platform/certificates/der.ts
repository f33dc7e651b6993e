export const sequence = 0x30;

/** The octets of a length (https://www.itu.int/rec/T-REC-X.690, 8.1.3). */
function lengthOf(size: number): readonly number[] {
  if (size < 0x80) return [size];
  const octets: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 + octets.length, ...octets];
}

/** One DER element. */
export const element = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag, ...lengthOf(bytes.length)), bytes]);
};
