import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { EncodeQr, ExportedDevice, ExportSet } from '../engine/ports/export.ts';

/** Byte limit of the largest QR code at the lowest error correction. */
const mostBytes = 2953;

/** Up to this length, a code of a quarter of the page's width can be scanned from paper. */
const mostOfSmall = 250;

/** Scanners need a margin of four light modules. */
const quietZone = 4;

/** Two or four codes in a row, on A4 and Letter. `@page` names no size, so the printer's paper decides. */
const css = `
@page { margin: 12mm }
* { box-sizing: border-box; margin: 0; padding: 0 }
:host, body { display: block; max-width: 186mm; margin: 0 auto; background: #fff; color: #000;
  font: 9pt/1.35 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif }
h1 { font-size: 14pt }
.warning { margin: 2mm 0 4mm; padding: 2mm 3mm; border: 0.4mm solid #000; font-weight: 600 }
ul { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; list-style: none }
ul.large { grid-template-columns: repeat(2, 1fr) }
li { padding: 2mm; border: 0.25mm dashed #767676; text-align: center; break-inside: avoid; overflow-wrap: anywhere }
svg, .none { display: block; width: 100%; aspect-ratio: 1 }
.none { display: grid; place-content: center; padding: 3mm; color: #595959 }
span { display: inline-block }
h2 { margin-top: 1mm; font-size: 11pt; line-height: 1.2 }
@media screen { body { padding: 12mm 0 } }
`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');

/** A code as SVG without styles, which a strict content security policy would drop. */
const codeOf = (encodeQr: EncodeQr, text: string, label: string): string => {
  const rows = encodeQr(text, text.length > mostOfSmall ? 'L' : 'M');
  const edge = rows.length + 2 * quietZone;
  const path = rows.flatMap((row, y) =>
    row.map((dark, x) => (dark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : '')),
  );
  return `<svg role="img" aria-label="${escaped(label)}" viewBox="0 0 ${edge} ${edge}" shape-rendering="crispEdges"><rect width="${edge}" height="${edge}" fill="#fff"/><path d="${path.join('')}"/></svg>`;
};

const codeOrReason = (encodeQr: EncodeQr, { name, token }: ExportedDevice, mode: SecretsMode): string => {
  const reason = (text: string) => `<p class="none">No code: ${text}</p>`;
  if (mode !== 'real') return reason('the token is left out.');
  if (token === null) return reason('only a hash of the token is stored.');
  if (token.length > mostBytes) return reason('the token is too long for one.');
  return codeOf(encodeQr, token, `QR code: token of ${name}`);
};

/** `2026-11-30 01:40 UTC`. Paper may be read in another time zone. */
const expiryText = (expiresAt: string): string =>
  expiresAt === 'never'
    ? 'Never expires'
    : `Expires <span>${expiresAt.slice(0, 10)} ${expiresAt.slice(11, 16)} UTC</span>`;

/**
 * A page to print, with a QR code for each device. A code holds the access token and nothing else. Without secrets the places of
 * codes stay empty: the URL of a call alone is of no use to a device.
 */
export const writeQrSheet = (set: ExportSet, mode: SecretsMode, encodeQr: EncodeQr): ExportedFile => {
  const { application, keyType, user, devices } = set;
  const whose = user === undefined ? 'application token' : `user ${user.name}`;
  const title = `Device tokens of ${application}`;
  const cells = devices.map(
    (device) => `<li>
${codeOrReason(encodeQr, device, mode)}
<h2>${escaped(device.name)}</h2>
<p>${escaped(`${application}, ${keyType}`)}</p>
<p>${escaped(whose)}</p>
<p>${expiryText(device.expiresAt)}</p>
</li>`,
  );
  const warning =
    mode === 'real'
      ? 'Each code holds a live token. Anyone who scans or photographs it can use the token until it expires or is revoked.'
      : 'This sheet has no codes, because a code holds a token and the secrets are left out.';
  const isLarge = mode === 'real' && devices.some(({ token }) => (token?.length ?? 0) > mostOfSmall);
  return {
    name: 'qr-sheet.html',
    text: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="warning">${warning}</p>
<ul${isLarge ? ' class="large"' : ''}>
${cells.join('\n')}
</ul>
</body>
</html>
`,
  };
};
