const indent = '  ';

/** Strings, punctuation, and runs of other characters without spaces. */
const parts = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON with one member a line; another text unchanged. Works on the text, because a JavaScript number cannot hold
 * every number of a reply.
 */
export const prettyJson = (text: string): string => {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const found = text.match(parts) ?? [];
  let depth = 0;
  let written = '';
  for (const [at, part] of found.entries()) {
    const line = (by: number) => `\n${indent.repeat(depth + by)}`;
    const opened = found[at - 1] === '{' || found[at - 1] === '[';
    if (part === '}' || part === ']') {
      depth -= 1;
      written += opened ? part : `${line(0)}${part}`;
      continue;
    }
    if (opened) written += line(0);
    if (part === '{' || part === '[') depth += 1;
    written += part === ',' ? `,${line(0)}` : part === ':' ? ': ' : part;
  }
  return written;
};
