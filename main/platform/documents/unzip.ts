import { inflateRawSync } from 'node:zlib';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Unzip } from '../../engine/ports/document.ts';

const mostFiles = 1000;
const mostBytes = 8_000_000;

const damaged = (why: string): KeyfobError => {
  const message = `This zip cannot be read: ${why}. Export it again.`;
  return new KeyfobError('bad_input', message, { fields: [{ path: 'file', message }] });
};

/** Where the directory of an archive ends: at its end, before a comment of at most 64 KiB. */
function endOf(bytes: Buffer): number {
  const at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at < 0 || at + 22 > bytes.length) throw damaged('it is cut off');
  return at;
}

const stored = 0;
const deflated = 8;

/** The content of one entry of the directory. */
function contentOf(bytes: Buffer, entry: number, mostLeft: number): Buffer {
  if (bytes.readUInt16LE(entry + 8) & 1) throw damaged('it is encrypted');
  const method = bytes.readUInt16LE(entry + 10);
  const packed = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = bytes.subarray(start, start + packed);
  if (content.length !== packed) throw damaged('it is cut off');
  if (method === stored && packed <= mostLeft) return content;
  if (method !== deflated && method !== stored) throw damaged('it uses a rare compression');
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, mostLeft) });
  } catch {
    throw damaged(`a file in it is damaged, or all are larger than ${mostBytes / 1_000_000} MB`);
  }
}

/**
 * Unpacks an archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) into memory, without its folders. Sizes
 * that the archive claims are not believed. Throws `bad_input` for a damaged archive, and for over 8 MB or 1000 files.
 */
export const unzip: Unzip = async (archive) => {
  const bytes = Buffer.from(archive, 'base64');
  try {
    const end = endOf(bytes);
    const count = bytes.readUInt16LE(end + 10);
    if (count > mostFiles) throw damaged(`it has more than ${mostFiles} files`);
    const files: { readonly name: string; readonly file: string }[] = [];
    let at = bytes.readUInt32LE(end + 16);
    let left = mostBytes;
    // Entries that share bytes would cost the work of a far larger archive.
    let packedLeft = bytes.length;
    for (let number = 0; number < count; number += 1) {
      if (bytes.readUInt32LE(at) !== 0x02014b50) throw damaged('its directory is damaged');
      const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, nameEnd);
      if (!name.endsWith('/')) {
        packedLeft -= bytes.readUInt32LE(at + 20);
        if (packedLeft < 0) throw damaged('its files overlap');
        const content = contentOf(bytes, at, left);
        left -= content.length;
        files.push({ name, file: content.toString('base64') });
      }
      at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return files;
  } catch (error) {
    if (error instanceof RangeError) throw damaged('its directory is damaged');
    throw error;
  }
};
