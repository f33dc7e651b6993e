import { encode } from 'uqr';

/** The rows of a QR code without its margin; true is dark. Throws for a text that no code can hold. */
export const qrCode = (text: string, correction: 'L' | 'M'): readonly (readonly boolean[])[] =>
  encode(text, { ecc: correction, border: 0 }).data;
