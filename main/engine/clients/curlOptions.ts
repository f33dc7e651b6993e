/** Options of curl with an argument. https://curl.se/docs/manpage.html */
const shortWithArgument = 'AbcCdDeEFHhKmoPQrtTuUwxXyYz';
const longWithArgument: ReadonlySet<string> = new Set(
  `cacert capath cert cert-type ciphers config connect-timeout connect-to cookie cookie-jar crlfile curves data
  data-ascii data-binary data-raw data-urlencode dns-servers dump-header form form-string header interface json key
  key-type limit-rate login-options max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output pass
  pinnedpubkey preproxy proto proxy proxy-cacert proxy-header proxy-user range referer request resolve retry
  retry-delay retry-max-time tls-max tls13-ciphers trace trace-ascii unix-socket upload-file url url-query user
  user-agent variable write-out`.split(/\s+/),
);
const longNames: Readonly<Record<string, string>> = {
  d: 'data',
  H: 'header',
  u: 'user',
  X: 'request',
  k: 'insecure',
  G: 'get',
};

/** The options of a command in their long form, in order. Words that are no option are addresses. */
export interface CurlOption {
  readonly name: string;
  readonly value: string;
}

/** Words that end a command. */
const isEnd = (word: string): boolean => /^(?:;|&&?|\|\|?|curl(?:\.exe)?)$/.test(word);

/** The options of one letter in a word like `-ksX`; the last one may take the next word. */
const shortOptions = (word: string, next: string | undefined): { options: CurlOption[]; takesNext: boolean } => {
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const name = longNames[letter] ?? letter;
    if (!shortWithArgument.includes(letter)) {
      options.push({ name, value: '' });
      continue;
    }
    const attached = word.slice(at + 1);
    options.push({ name, value: attached === '' ? (next ?? '') : attached });
    return { options, takesNext: attached === '' };
  }
  return { options, takesNext: false };
};

/** Reads the words after `curl`. `more`: whether another command follows. */
export const curlOptions = (words: readonly string[]): { options: readonly CurlOption[]; more: boolean } => {
  const options: CurlOption[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next] = [words[at], words[at + 1]];
    if (isEnd(word)) return { options, more: words.slice(at).some((one) => /^curl/.test(one)) };
    if (word.startsWith('--')) {
      const name = word.slice(2);
      const takesNext = longWithArgument.has(name);
      options.push({ name, value: takesNext ? (next ?? '') : '' });
      if (takesNext) at += 1;
    } else if (word.startsWith('-') && word !== '-') {
      const read = shortOptions(word, next);
      options.push(...read.options);
      if (read.takesNext) at += 1;
    } else options.push({ name: 'url', value: word });
  }
  return { options, more: false };
};
