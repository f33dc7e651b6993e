const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

const crc32 = (bytes: Uint8Array): number =>
  ~bytes.reduce((sum, byte) => (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0), -1) >>> 0;

/** Little-endian numbers, each with its size in bytes. */
const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array => {
  const bytes = fields.flatMap(([value, size]) =>
    Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 0xff),
  );
  return Uint8Array.from(bytes);
};

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** 1980-01-01, the earliest date that the format knows. */
const date = 0x21;
/** Names are UTF-8. */
const utf8 = 0x800;
/** Made on Unix, where the upper half of the attributes is the mode: readable by the owner only. */
const unix = 0x0314;
const mode = (0o100600 << 16) >>> 0;

/** Packs text files into a ZIP archive, without compression (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). */
export function zip(files: readonly { readonly name: string; readonly text: string }[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = encoder.encode(file.name);
    const content = encoder.encode(file.text);
    const { length } = content;
    const facts = numbers([20, 2], [utf8, 2], [0, 2], [0, 2], [date, 2], [crc32(content), 4], [length, 4], [length, 4]);
    const local = [numbers([0x04034b50, 4]), facts, numbers([name.length, 2], [0, 2]), name, content];
    entries.push(
      ...[numbers([0x02014b50, 4], [unix, 2]), facts],
      numbers([name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [mode, 4], [offset, 4]),
      name,
    );
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const directory = joined(entries);
  const count = files.length;
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return joined([...parts, directory, end]);
}
