/** Words between a verb and a name: "copy curl for ipad", "share the call of ipad". */
const before =
  /^(?:(?:the|an?|tokens?|code|calls?|curl|httpie|python|node|java|c#|go|php|application|user|api|url|of|for|as)\s+)+/i;
/** Words after a name: "expire ipad now". */
const after = /\s+(?:now|again|in\s.*)$/i;

/** The verb of a typed text, and the rest, which names a thing and may be empty. `undefined` without one of these verbs. */
export function readVerb(
  typed: string,
  verbs: ReadonlySet<string>,
): { readonly word: string; readonly text: string } | undefined {
  const [, first = '', rest = ''] = /^(\p{L}+)(?:\s+(.*))?$/u.exec(typed.trim()) ?? [];
  const word = first.toLowerCase();
  return verbs.has(word) ? { word, text: `${rest} `.replace(before, '').trim().replace(after, '') } : undefined;
}
