import { mostBodyBytes } from './bodyStart.ts';

/** A body as it is captured: whole, or the start of a stream and the number of its bytes. */
export interface CapturedBody {
  readonly bytes: Buffer | string;
  /** `undefined`: not known. */
  readonly total: number | undefined;
}

/** What a request and its reply held, with real secrets. Text has one character a byte. */
export interface Captured {
  readonly target: string;
  readonly secure: boolean;
  /** Names and values in turn. */
  readonly sentHeaders: readonly string[];
  readonly answeredHeaders: readonly string[];
  readonly sent: CapturedBody;
  readonly answered: CapturedBody;
}

/**
 * Details of the newest requests in one flat buffer. V8's collector never sees them, and capturing costs a copy. They are
 * parsed when read.
 */
export interface DetailRing {
  /** Copies the details. Gives their position. */
  add(captured: Captured): number;
  /** Gives the details at a position; `undefined` once newer ones needed the space. */
  read(position: number): (Captured & { readonly sent: ReadBody; readonly answered: ReadBody }) | undefined;
  /** Whether the details at a position can still be read. */
  has(position: number): boolean;
  /** Overwrites all details with zeros. */
  wipe(): void;
}

export interface ReadBody {
  readonly bytes: Buffer;
  readonly total: number | undefined;
}

/** Each record starts with six words: the lengths of head, sent and answered bytes, both totals + 1, and flags. */
const fields = 6;
const headerBytes = fields * 4;
/** Node refuses larger requests, and cuts larger headers of backends. */
const mostHeadBytes = 64 * 1024;
const mostRecordBytes = headerBytes + mostHeadBytes + 2 * mostBodyBytes;

/** Names and values have no line breaks and no NUL. */
const headOf = ({ target, sentHeaders, answeredHeaders }: Captured): string => {
  let head = target;
  for (const text of sentHeaders) head += `\n${text}`;
  head += '\0';
  for (const text of answeredHeaders) head += `\n${text}`;
  return head.length > mostHeadBytes ? head.slice(0, mostHeadBytes) : head;
};

/** Copies the start of a body to `at`. Gives the number of bytes. */
const copyBody = (ring: Buffer, { bytes }: CapturedBody, at: number): number => {
  if (bytes.length === 0) return 0;
  if (typeof bytes === 'string') return ring.write(bytes, at, mostBodyBytes, 'latin1');
  const start = bytes.length > mostBodyBytes ? bytes.subarray(0, mostBodyBytes) : bytes;
  ring.set(start, at);
  return start.length;
};

/** The total + 1, at most 4 GiB; 0 for an unknown one. */
const totalWord = ({ total }: CapturedBody): number => (total === undefined ? 0 : Math.min(total + 1, 0xffff_ffff));

/** Creates a ring of `size` bytes, a multiple of 4. Its memory is allocated with the first request. */
export const createDetailRing = (size = 16 * 1024 * 1024): DetailRing => {
  let ring: Buffer | undefined;
  let words = new Uint32Array();
  /** Where the next record starts, and the bytes of all laps before. A position is the sum of both. */
  let offset = 0;
  let laps = 0;
  /** Records before this position were wiped. */
  let wipedTo = 0;

  const has = (position: number): boolean => position >= wipedTo && position >= laps + offset - size;

  const allocate = (): Buffer => {
    const buffer = Buffer.alloc(size);
    words = new Uint32Array(buffer.buffer, buffer.byteOffset, size / 4);
    ring = buffer;
    return buffer;
  };

  return {
    add(captured) {
      const buffer = ring ?? allocate();
      if (offset + mostRecordBytes > size) {
        laps += size;
        offset = 0;
      }
      const start = offset;
      let at = start + headerBytes;
      const head = buffer.write(headOf(captured), at, 'latin1');
      at += head;
      const sent = copyBody(buffer, captured.sent, at);
      at += sent;
      const answered = copyBody(buffer, captured.answered, at);
      at += answered;
      const word = start / 4;
      words[word] = head;
      words[word + 1] = sent;
      words[word + 2] = answered;
      words[word + 3] = totalWord(captured.sent);
      words[word + 4] = totalWord(captured.answered);
      words[word + 5] = captured.secure ? 1 : 0;
      offset = (at + 3) & ~3;
      return laps + start;
    },
    has,
    read(position) {
      if (ring === undefined || !has(position)) return undefined;
      const start = position % size;
      const [head = 0, sent = 0, answered = 0, sentTotal = 0, answeredTotal = 0, flags = 0] = words.subarray(
        start / 4,
        start / 4 + fields,
      );
      const sentAt = start + headerBytes + head;
      const answeredAt = sentAt + sent;
      const [request = '', reply = ''] = ring.toString('latin1', start + headerBytes, sentAt).split('\0');
      const [target = '', ...sentHeaders] = request.split('\n');
      const bodyAt = (from: number, length: number, total: number): ReadBody => ({
        bytes: Buffer.from(ring?.subarray(from, from + length) ?? []),
        total: total === 0 ? undefined : total - 1,
      });
      return {
        target,
        secure: flags === 1,
        sentHeaders,
        answeredHeaders: reply.split('\n').slice(1),
        sent: bodyAt(sentAt, sent, sentTotal),
        answered: bodyAt(answeredAt, answered, answeredTotal),
      };
    },
    wipe() {
      ring?.fill(0);
      wipedTo = laps + offset;
    },
  };
};
