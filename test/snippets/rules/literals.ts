import type { SnippetForm } from '../../../preload/contract/snippets.ts';

type Program = Extract<SnippetForm, 'python-requests' | 'python-httpx' | 'node' | 'java' | 'csharp' | 'go' | 'php'>;

interface Grammar {
  /** The delimiters of literals, each with the simple escapes in it. */
  readonly quotes: Readonly<Record<string, string>>;
  /** Escapes with a number: hexadecimal except octal, a UTF-16 unit or a code point. */
  readonly numeric: readonly RegExp[];
}

const x2 = /^x([\da-f]{2})/;
const u4 = /^u([\da-f]{4})/;
const U8 = /^U([\da-f]{8})/;
const python: Grammar = { quotes: { '"': `\\"ntr` }, numeric: [x2, u4, U8] };

/** The escapes of each language in its reference, as far as snippets may use them. */
const grammars: Readonly<Record<Program, Grammar>> = {
  'python-requests': python,
  'python-httpx': python,
  node: { quotes: { "'": `\\'ntr`, '"': `\\"ntr` }, numeric: [x2, u4] },
  java: { quotes: { '"': `\\"ntr` }, numeric: [/^(?<octal>[0-3][0-7]{2})/, u4] },
  csharp: { quotes: { '"': `\\"ntr` }, numeric: [u4] },
  go: { quotes: { '"': `\\"ntr` }, numeric: [x2, u4, U8] },
  php: { quotes: { "'": `\\'`, '"': `\\"ntr$` }, numeric: [x2, /^u\{([\da-f]+)\}/] },
};

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * Java replaces `\uXXXX` before it reads anything else, if an even number of backslashes precedes it
 * (https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.3). A delimiter or line break would end a literal.
 */
const demandHarmlessInJava = (text: string): void => {
  for (const [, code = ''] of text.matchAll(/(?<!\\)(?:\\\\)*\\u+([\da-f]{4})/gi)) {
    if (Number.parseInt(code, 16) < 0x80) throw new Error(`Java reads \\u${code} before the literal`);
  }
};

/** A program's literals, and the program with an empty literal for each. Throws for one that breaks a line or is not ASCII. */
export function readLiterals(program: string, form: Program) {
  const { quotes, numeric } = grammars[form];
  const literals: string[] = [];
  let skeleton = '';
  let at = 0;

  const escapeAt = (allowed: string): string => {
    const next = program[at] ?? '';
    if (allowed.includes(next)) {
      at += 1;
      return simple[next] ?? next;
    }
    for (const rule of numeric) {
      const found = rule.exec(program.slice(at));
      if (found === null) continue;
      at += found[0].length;
      const code = Number.parseInt(found[1] ?? '', found.groups?.octal === undefined ? 16 : 8);
      if (code >= 0xd800 && code < 0xe000 && !['node', 'java', 'csharp'].includes(form))
        throw new Error(`half of a surrogate pair: ${code}`);
      return String.fromCodePoint(code);
    }
    throw new Error(`unknown escape \\${next}`);
  };

  const literalAt = (quote: string, allowed: string): string => {
    let text = '';
    for (;;) {
      const next = program[at++];
      if (next === quote) return text;
      if (next === undefined || !/[ -~]/.test(next)) throw new Error(`a literal has ${JSON.stringify(next)}`);
      if (next === '$' && form === 'php' && quote === '"') throw new Error('PHP reads a variable');
      text += next === '\\' ? escapeAt(allowed) : next;
    }
  };

  if (form === 'java') demandHarmlessInJava(program);
  while (at < program.length) {
    const next = program[at++] ?? '';
    const allowed = quotes[next];
    if (allowed === undefined) {
      if (!/[ -~\n\t]/.test(next)) throw new Error(`not ASCII: ${next}`);
      skeleton += next;
    } else {
      literals.push(literalAt(next, allowed));
      skeleton += '""';
    }
  }
  return { literals, skeleton };
}
