import type { Readable } from 'node:stream';

const keptBytes = 64 * 1024;

/** A body that was counted, and kept up to 64 KiB. */
export interface ReceivedBody {
  readonly bytes: number;
  /** If the kept part is UTF-8. */
  readonly text?: string;
  readonly base64?: string;
  readonly truncated?: true;
}

const textOf = (kept: Buffer, isTruncated: boolean): string | undefined => {
  try {
    // A truncated text may end in the middle of a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(kept, { stream: isTruncated });
  } catch {
    return undefined;
  }
};

/** Reads a body to its end and counts it. Gives `undefined` for a body that breaks off, because the client left. */
export const receiveBody = async (body: Readable): Promise<ReceivedBody | undefined> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      if (bytes < keptBytes) pieces.push(piece.subarray(0, keptBytes - bytes));
      bytes += piece.length;
    }
  } catch {
    return undefined;
  }
  const kept = Buffer.concat(pieces);
  const isTruncated = bytes > kept.length;
  const text = textOf(kept, isTruncated);
  return {
    bytes,
    ...(bytes > 0 && (text === undefined ? { base64: kept.toString('base64') } : { text })),
    ...(isTruncated && { truncated: true }),
  };
};
