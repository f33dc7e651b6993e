import { splitCommandLine } from './crt.ts';

const escapeDataString = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Within double quotes: an environment variable, or the .NET call that percent-encodes one. */
const expansion = /^\$env:(\w+)|^\$\(\[uri\]::EscapeDataString\(\$env:(\w+)\)\)/;

/**
 * The values of the words of one command (about_Parsing, about_Quoting_Rules, about_Special_Characters): argument mode,
 * backtick at the end of a line, single and double quotes, including typographic ones. Refuses anything outside
 * this subset.
 */
function tokens(text: string, environment: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  let at = 0;
  const separator = () => /^(?:[ \t]|`\n)+/.exec(text.slice(at))?.[0].length ?? 0;
  for (at += separator(); at < text.length; ) {
    const opening = text[at] ?? '';
    let word = '';
    if (/['‘’‚‛]/.test(opening)) {
      for (at++; ; at++) {
        const character = text[at] ?? '';
        if (character === '') throw new Error(`open quote: ${text}`);
        if (/['‘’‚‛]/.test(character) && !/['‘’‚‛]/.test(text[++at] ?? '')) break;
        word += text[at];
      }
    } else if (/["“”„]/.test(opening)) {
      for (at++; !/["“”„]/.test(text[at] ?? '"'); ) {
        if (text[at] === '`') throw new Error(`escape at ${at}: ${text}`);
        const expanded = text[at] === '$' ? expansion.exec(text.slice(at)) : undefined;
        if (expanded === null) throw new Error(`expansion at ${at}: ${text}`);
        const [whole, plain, encoded] = expanded ?? [text[at] ?? ''];
        const value = environment[plain ?? encoded ?? ''] ?? '';
        word += expanded ? (plain === undefined ? escapeDataString(value) : value) : whole;
        at += whole.length;
      }
      if (text[at++] === undefined) throw new Error(`open quote: ${text}`);
    } else {
      word = /^[^\s`'"‘’‚‛“”„$@#,;&|<>(){}][^\s`'"‘’‚‛“”„$#,;&|<>(){}]*/.exec(text.slice(at))?.[0] ?? '';
      if (word === '') throw new Error(`special ${opening} at ${at}: ${text}`);
      // A word with a dash is a parameter: PowerShell splits it at a dot and binds after a colon. A number is no text.
      if (/^[-–—―].*[.:]/.test(word) || /^[\d.]/.test(word)) throw new Error(`not a plain word: ${word}`);
      at += word.length;
    }
    const gap = separator();
    if (gap === 0 && at < text.length) throw new Error(`words that touch at ${at}: ${text}`);
    at += gap;
    words.push(word);
  }
  return words;
}

/** .NET's ProcessStartInfo.ArgumentList, which PowerShell 7.3 and later use (about_Preference_Variables, `Windows`). */
function argumentList(words: readonly string[]): string {
  return words
    .map((word) => (/^[^\s"]+$/.test(word) ? word : `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`))
    .join(' ');
}

/** `NativeCommandParameterBinder.NeedQuotes` of PowerShell's sources: white space outside the word's own quotes. */
function needsQuotes(word: string): boolean {
  let quotes = 0;
  let needs = false;
  for (let at = 0; at < word.length; at++) {
    const character = word[at] ?? '';
    if (character === '"' && word[at - 1] !== '\\') quotes++;
    else if (/[\s\x85]/.test(character) && character !== '\uFEFF' && quotes % 2 === 0) needs = true;
  }
  return needs;
}

/** Windows PowerShell 5.1: quotes around, nothing escaped, empty words lost (PowerShell issues 1995 and 4358). */
function legacyLine(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map((word) => (needsQuotes(word) ? `"${word}"` : word))
    .join(' ');
}

/** The words that `curl.exe` gets from a text in PowerShell. */
export function powershellWords(
  text: string,
  version: '7.3' | '5.1',
  environment: Readonly<Record<string, string>> = {},
): string[] {
  const words = tokens(text, environment);
  return splitCommandLine(version === '7.3' ? argumentList(words) : legacyLine(words));
}
