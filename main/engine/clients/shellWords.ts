/** The quoting rules to read a command with. */
export type CommandShell = 'bash' | 'powershell' | 'cmd';

/** The shell that a command was written for: its line continuation or its name for curl tells. */
export const shellOf = (command: string): CommandShell => {
  if (/`[ \t]*\r?\n/.test(command)) return 'powershell';
  if (/\^[ \t]*\r?\n/.test(command)) return 'cmd';
  if (!/\bcurl\.exe\b/.test(command)) return 'bash';
  return /'/.test(command) ? 'powershell' : 'cmd';
};

/** The characters that one construct stands for, and its length in the command. */
interface Part {
  readonly text: string;
  readonly length: number;
}

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
const ansiEscape = /\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|([\s\S]))/gi;

/** `$'…'` of bash, as browsers copy commands. */
const ansiQuoted = (rest: string): Part | undefined => {
  const [whole, body = ''] = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const text = body.replace(ansiEscape, (_, byte: string | undefined, unit: string | undefined, letter = '') => {
    const code = byte ?? unit;
    return code === undefined ? (named[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
  });
  return { text, length: whole.length };
};

/** Quoted text with its escapes: the pattern takes the whole construct, the function undoes the escapes. */
type Quoted = readonly [pattern: RegExp, undo: (body: string) => string];

const quotedIn: Readonly<Record<'bash' | 'powershell', readonly Quoted[]>> = {
  bash: [
    [/^'([^']*)'/, (body) => body],
    [/^"((?:[^"\\]|\\[\s\S])*)"/, (body) => body.replace(/\\(?:\r?\n|([$`"\\]))/g, '$1')],
  ],
  powershell: [
    [/^['‘’‚‛]((?:[^'‘’‚‛]|['‘’‚‛]{2})*)['‘’‚‛]/, (body) => body.replace(/(['‘’‚‛])['‘’‚‛]/g, '$1')],
    [/^["“”„]((?:[^"“”„`]|`[\s\S]|["“”„]{2})*)["“”„]/, (body) => body.replace(/`([\s\S])|(["“”„])["“”„]/g, '$1$2')],
  ],
};

/** The next construct of a bash or PowerShell command; undefined for a quote that is not closed. */
const nextPart = (rest: string, shell: 'bash' | 'powershell'): Part | undefined => {
  if (rest.startsWith(shell === 'bash' ? '\\' : '`')) {
    const [lineEnd] = /^.[ \t]*\r?\n/.exec(rest) ?? [];
    return lineEnd === undefined ? { text: rest.charAt(1), length: 2 } : { text: '', length: lineEnd.length };
  }
  const ansi = shell === 'bash' ? ansiQuoted(rest) : undefined;
  if (ansi !== undefined) return ansi;
  for (const [pattern, undo] of quotedIn[shell]) {
    const [whole, body = ''] = pattern.exec(rest) ?? [];
    if (whole !== undefined) return { text: undo(body), length: whole.length };
  }
  const isOpen = (shell === 'bash' ? /^['"]/ : /^['"‘’‚‛“”„]/).test(rest);
  return isOpen ? undefined : { text: rest.charAt(0), length: 1 };
};

/** cmd itself drops a caret before the next character, except within quotes. */
const withoutCarets = (command: string): string =>
  command.replace(/"[^"\n]*"?|\^[ \t]*\r?\n|\^([\s\S])/g, (whole, escaped: string | undefined) =>
    whole.startsWith('^') ? (escaped ?? ' ') : whole,
  );

/**
 * The next construct by the rules of the Microsoft C runtime: a backslash is special before a quote only, and within
 * quotes a doubled quote is one quote.
 */
const nextCmdPart = (rest: string, isQuoted: boolean): Part & { readonly toggles?: boolean } => {
  const [backslashes] = /^\\+/.exec(rest) ?? [];
  if (backslashes !== undefined) {
    const { length } = backslashes;
    if (rest.charAt(length) !== '"') return { text: backslashes, length };
    const half = backslashes.slice(0, Math.floor(length / 2));
    return length % 2 === 1 ? { text: `${half}"`, length: length + 1 } : { text: half, length };
  }
  if (isQuoted && rest.startsWith('""')) return { text: '"', length: 2 };
  if (rest.startsWith('"')) return { text: '', length: 1, toggles: true };
  return { text: rest.charAt(0), length: 1 };
};

/**
 * The words of a command by the quoting rules of its shell. A line break counts as space, because people paste commands
 * without their continuation. Undefined when a quote is not closed. Variables stay as they are written.
 */
export const shellWords = (typed: string, shell: CommandShell): readonly string[] | undefined => {
  const command = shell === 'cmd' ? withoutCarets(typed) : typed;
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < command.length; ) {
    const rest = command.slice(at);
    const [space] = isQuoted ? [] : (/^\s+/.exec(rest) ?? []);
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += space.length;
      continue;
    }
    const part = shell === 'cmd' ? nextCmdPart(rest, isQuoted) : nextPart(rest, shell);
    if (part === undefined) return undefined;
    if ('toggles' in part) isQuoted = !isQuoted;
    // A continued line ends the word before it, but is no word of its own.
    if (part.text !== '' || !/^[\\`][ \t]*\r?\n/.test(rest)) word = (word ?? '') + part.text;
    at += part.length;
  }
  if (word !== undefined) words.push(word);
  return isQuoted ? undefined : words;
};
