/**
 * The words that a Windows program gets from its command line, by Microsoft's published rules for its C runtime
 * (learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments). A doubled quote within quotes is refused:
 * runtimes before and after 2008 read it differently.
 */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (at >= line.length) return words;
    let word = '';
    let quoted = false;
    while (at < line.length && (quoted || (line[at] !== ' ' && line[at] !== '\t'))) {
      let backslashes = 0;
      while (line[at] === '\\') {
        backslashes++;
        at++;
      }
      if (line[at] !== '"') {
        word += '\\'.repeat(backslashes);
        if (backslashes === 0) word += line[at++];
        continue;
      }
      word += '\\'.repeat(Math.floor(backslashes / 2));
      at++;
      if (backslashes % 2 === 1) {
        word += '"';
      } else {
        if (quoted && line[at] === '"') throw new Error(`doubled quote at ${at}: ${line}`);
        quoted = !quoted;
      }
    }
    if (quoted) throw new Error(`open quote: ${line}`);
    words.push(word);
  }
}
