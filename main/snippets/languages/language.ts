/** A call for a program. Values are code of the language, a literal or an expression; `method` and names are text. */
export interface ProgramCall {
  readonly method: string;
  readonly url: string;
  readonly isHttps: boolean;
  /** A name holds letters, digits, `_`, `.` and `-` only, so quotes are enough around it. */
  readonly form: readonly { readonly name: string; readonly value: string }[];
  readonly basic?: {
    readonly key: string;
    readonly secret: string;
    /** `key:secret` */
    readonly pair: string;
  };
  readonly bearer?: {
    readonly token: string;
    /** `Bearer token` */
    readonly header: string;
  };
  /** The file of the only trusted authority. Absent where the system's authorities decide, and with `insecure`. */
  readonly caFile?: string;
  /** Trust any certificate. */
  readonly insecure: boolean;
  /** Bypass any proxy. */
  readonly direct: boolean;
  /** Whether an expression reads an environment variable. */
  readonly readsVariables: boolean;
}

/** How to write programs in a language. Literals are ASCII, so no code page and no editor changes them. */
export interface Language {
  literal(text: string): string;
  /** The expression that reads an environment variable. */
  variable(name: string): string;
  /** The operator that joins texts. */
  readonly plus: string;
  write(call: ProgramCall): string;
  /** How to save and run the program. */
  readonly note: string;
}

type Lines = readonly (string | false | Lines)[];

/** Joins lines and nested lists of lines, without `false`. */
export const joinLines = (lines: Lines): string =>
  (lines.flat(3) as readonly (string | false)[]).filter((line) => line !== false).join('\n');

interface Escapes {
  /** Printable characters that need a backslash, in addition to it. */
  readonly special: string;
  /** An ASCII control character without a short escape, by its code. */
  control(code: number): string;
  /** Other characters: of UTF-16 units or of code points. */
  unicode(code: number): string;
  readonly by: 'unit' | 'point';
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A number in hexadecimal digits, with leading zeros. */
export const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** Escapes a text for the inside of a literal, in ASCII. */
export const escapeText = (text: string, { special, control, unicode, by }: Escapes): string => {
  const whole = text.toWellFormed();
  return (by === 'unit' ? whole.split('') : [...whole])
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (character === '\\' || special.includes(character)) return `\\${character}`;
      if (/[ -~]/.test(character)) return character;
      return short[character] ?? (code < 0x80 ? control(code) : unicode(code));
    })
    .join('');
};
