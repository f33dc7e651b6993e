import { encode } from 'uqr';
import styles from './QrCode.module.css';

interface QrCodeProps {
  readonly text: string;
  /** Name of the encoded text: "Access token of ipad". */
  readonly label: string;
  /** Edge length in pixels. */
  readonly size?: number;
}

/** Byte limit of the largest QR code at the lowest error correction. */
const mostBytes = 2953;

/** Scanners need a margin of four light modules. */
const quietZone = 4;

const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : ''))).join('');

/** A QR code, black on white in every theme, as many scanners read nothing else. */
export const QrCode = ({ text, label, size = 220 }: QrCodeProps) => {
  if (new TextEncoder().encode(text).length > mostBytes) {
    return <p className={styles.tooLong}>This is too long for a QR code. Copy it instead.</p>;
  }
  const { data, size: modules } = encode(text, { ecc: 'L', border: 0 });
  const edge = modules + 2 * quietZone;
  return (
    <svg
      role="img"
      aria-label={`QR code: ${label}`}
      className={styles.root}
      width={size}
      height={size}
      viewBox={`0 0 ${edge} ${edge}`}
      shapeRendering="crispEdges"
    >
      <rect width={edge} height={edge} fill="#ffffff" />
      <path d={pathOf(data)} fill="#000000" />
    </svg>
  );
};
