/** A request that curl would send. */
interface CurlCall {
  readonly method: string;
  readonly url: string;
  readonly user: string | undefined;
  readonly headers: readonly string[];
  /** The body on the wire. */
  readonly body: string;
  readonly caFile: string | undefined;
  readonly noProxy: string | undefined;
  readonly flags: ReadonlySet<string>;
}

/**
 * Parses curl's words as its manual page says, for the options that snippets use: `-d` reads a file for `@…`,
 * `--data-urlencode` for `name@…` and encodes the text after the first `=`. Tests with the real curl
 * compare this with the request that a server got.
 */
export function readCurl(words: readonly string[]): CurlCall {
  const [program, ...rest] = words;
  if (program !== 'curl' && program !== 'curl.exe') throw new Error(`not curl: ${program}`);
  const urls: string[] = [];
  const headers: string[] = [];
  const data: string[] = [];
  const flags = new Set<string>();
  let user: string | undefined;
  let caFile: string | undefined;
  let method: string | undefined;
  let noProxy: string | undefined;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const value = () => {
      const next = rest[++at];
      if (next === undefined) throw new Error(`${word} without a value`);
      return next;
    };
    if (['-q', '-g', '-k', '-I', '--ssl-no-revoke'].includes(word)) flags.add(word);
    else if (word === '--noproxy') noProxy = value();
    else if (word === '-u') user = value();
    else if (word === '-H') headers.push(value());
    else if (word === '-X') method = value();
    else if (word === '--cacert') caFile = value();
    else if (word === '-d') data.push(value());
    else if (word === '--data-urlencode') {
      const [, name, content] = /^([^=]+=)(.*)$/s.exec(value()) ?? [];
      if (name === undefined || content === undefined) throw new Error('--data-urlencode without a name');
      data.push(name + encodeURIComponent(content));
    } else if (word.startsWith('-')) throw new Error(`unknown option ${word}`);
    else urls.push(word);
  }
  if (urls.length !== 1 || urls[0] === undefined) throw new Error(`not one URL: ${urls.join(' ')}`);
  if (data.some((item) => item.startsWith('@'))) throw new Error('-d reads a file');
  if (!flags.has('-g') && /[[\]{}]/.test(urls[0])) throw new Error('the URL is a pattern');
  const implied = flags.has('-I') ? 'HEAD' : data.length > 0 ? 'POST' : 'GET';
  return { method: method ?? implied, url: urls[0], user, headers, body: data.join('&'), caFile, noProxy, flags };
}
