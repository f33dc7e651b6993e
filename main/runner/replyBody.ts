import type { IncomingMessage } from 'node:http';

/** The part of a body that is shown. */
const shownBytes = 64 * 1024;
/** Reading stops after so many bytes; an endless stream stops at the time limit. */
const readBytes = 16 * 1024 * 1024;

export interface ReplyBody {
  /** Undefined for binary data. */
  readonly body: string | undefined;
  readonly bodyBytes: number;
  readonly truncated: boolean;
}

const decode = (bytes: Buffer, charset: string, isCut: boolean): string | undefined => {
  try {
    // A cut may fall into a character: a stream keeps the incomplete one.
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
};

const textOf = (bytes: Buffer, contentType: string, isCut: boolean): string | undefined => {
  const charset = /charset="?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const text = decode(bytes, charset, isCut);
  return text?.includes('\0') ? undefined : text;
};

/** Reads a body up to the limits, or to `stopped`. Rejects when the connection is cut before. */
export const readReplyBody = async (response: IncomingMessage, stopped: AbortSignal): Promise<ReplyBody> => {
  const kept: Buffer[] = [];
  let bodyBytes = 0;
  const give = (isWhole: boolean): ReplyBody => {
    const shown = Buffer.concat(kept).subarray(0, shownBytes);
    const truncated = !isWhole || bodyBytes > shownBytes;
    return { body: textOf(shown, response.headers['content-type'] ?? '', truncated), bodyBytes, truncated };
  };
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (bodyBytes < shownBytes) kept.push(chunk);
      bodyBytes += chunk.length;
      if (bodyBytes >= readBytes) return give(false);
    }
    return give(true);
  } catch (error) {
    if (stopped.aborted) return give(false);
    throw error;
  }
};
