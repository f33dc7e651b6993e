import { type Kind, kindOf, type Mask } from './names.ts';
import { maskText } from './text.ts';

/** Gives the boundary that a Content-Type names. */
export const boundaryOf = (type: string): string | undefined =>
  /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
    .exec(type)
    ?.slice(1)
    .find((found) => found !== undefined);

const maskPart = (part: string, mask: Mask): string => {
  const split = /\r?\n\r?\n/.exec(part);
  if (split === null) return ' (a part without headers, hidden)\r\n';
  const head = part.slice(0, split.index);
  const content = part.slice(split.index + split[0].length);
  const name = /[;\s]name="?([^";\r\n]*)/i.exec(head)?.[1];
  const isFile = /[;\s]filename\*?=/i.test(head);
  const kind: Kind | undefined = name === undefined ? 'secret' : kindOf(name);
  const shown = isFile
    ? `(${content.length} bytes of a file, hidden)`
    : kind === undefined
      ? maskText(content, mask)
      : mask(content.trim(), kind);
  return `${maskText(head, mask)}${split[0]}${shown}${shown.endsWith('\n') ? '' : '\r\n'}`;
};

/** Masks the fields of a `multipart/form-data` body by their names. Hides files, and everything outside of parts. */
export const maskMultipart = (text: string, boundary: string, mask: Mask): string | undefined => {
  const [, ...parts] = text.split(`--${boundary}`);
  if (parts.length === 0) return undefined;
  return parts.map((part) => `--${boundary}${part.startsWith('--') ? '--' : maskPart(part, mask)}`).join('');
};
