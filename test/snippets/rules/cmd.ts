import { splitCommandLine } from './crt.ts';

/** The value of an environment variable; undefined if it is not set. */
type Environment = (name: string) => string | undefined;

/**
 * cmd's first phase, line by line, regardless of quotes (`help set`; stackoverflow.com/a/7970912, "Phase 1"). In a
 * batch file `%%` is a percent sign, `%1` and `%*` are arguments, and unknown variables vanish. At the prompt none of
 * this applies, and unknown variables stay.
 */
function expandPercents(line: string, mode: 'prompt' | 'batch', environment: Environment): string {
  let out = '';
  let at = 0;
  while (at < line.length) {
    if (line[at] !== '%') {
      out += line[at++];
      continue;
    }
    if (mode === 'batch') {
      if (line[at + 1] === '%') {
        out += '%';
        at += 2;
        continue;
      }
      if (/[\d*~]/.test(line[at + 1] ?? '')) throw new Error(`batch argument at ${at}: ${line}`);
    }
    const reference = /^%([^%:]*:?)%|^%([^%:]*):[^%]*%/.exec(line.slice(at));
    const value = reference ? environment(reference[1] ?? reference[2] ?? '') : undefined;
    if (reference && value !== undefined) {
      out += value;
      at += reference[0].length;
    } else if (mode === 'batch') {
      throw new Error(`lost percent sign at ${at}: ${line}`);
    } else {
      out += line[at++];
    }
  }
  return out;
}

/**
 * The second phase (same source): quotes switch the special characters off, carets escape the next one outside
 * quotes, a caret at the end of a line joins the next line and escapes its first character. Refuses a
 * redirection, a pipe, a block and a second command.
 */
function readSpecials(text: string): string {
  let out = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\n') throw new Error(`a second command: ${text}`);
    if (character === '"') quoted = !quoted;
    if (quoted || !/[\^&|<>()]/.test(character)) {
      out += character;
    } else if (character === '^') {
      if (text[at + 1] === '\n') at++;
      out += text[++at] ?? '';
    } else {
      throw new Error(`special ${character} at ${at}: ${text}`);
    }
  }
  if (quoted) throw new Error(`open quote: ${text}`);
  return out;
}

/** The words that `curl.exe` gets from a text at the prompt or in a batch file. Delayed expansion is off. */
export function cmdWords(text: string, mode: 'prompt' | 'batch', environment: Environment): string[] {
  const lines = text.split('\n').map((line) => expandPercents(line, mode, environment));
  return splitCommandLine(readSpecials(lines.join('\n')));
}
