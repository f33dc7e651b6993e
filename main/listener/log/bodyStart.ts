/** Bytes that are kept of each body. */
export const mostBodyBytes = 16 * 1024;

/** The first bytes of a streamed body, copied as its pieces pass. The stream neither waits nor is held. */
export class BodyStart {
  private readonly pieces: Buffer[] = [];
  private kept = 0;
  /** Bytes that have passed so far. */
  total = 0;

  add(piece: Uint8Array): void {
    this.total += piece.length;
    const left = mostBodyBytes - this.kept;
    if (left <= 0 || piece.length === 0) return;
    const copied = Buffer.from(piece.subarray(0, left));
    this.pieces.push(copied);
    this.kept += copied.length;
  }

  /** The copied bytes. */
  bytes(): Buffer {
    const [first] = this.pieces;
    return this.pieces.length === 1 && first ? first : Buffer.concat(this.pieces);
  }
}
