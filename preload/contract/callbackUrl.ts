import { z } from 'zod';
import { parseCallbackPattern } from './callbackPattern.ts';

/** Marks a callback that is a pattern of several URLs, as in API Manager. */
export const callbackPatternPrefix = 'regexp=';

/** Schemes that run code or open files in a browser. Nothing is ever redirected to them. */
export const isUnsafeScheme = (url: string): boolean =>
  /^(?:javascript|data|vbscript|blob|about|file|filesystem|view-source):/i.test(url);

/** Says what is wrong with a callback; undefined for a good one. */
const problemOf = (text: string): string | undefined => {
  if (text.startsWith(callbackPatternPrefix)) {
    try {
      parseCallbackPattern(text.slice(callbackPatternPrefix.length));
      return undefined;
    } catch (error) {
      return `This pattern cannot be used: ${(error as Error).message}. Write one like regexp=(https://a.test/cb|https://b.test/cb).`;
    }
  }
  if (!z.url().safeParse(text).success || isUnsafeScheme(text)) {
    return 'The callback URL must be an absolute URL, like http://localhost:3000/callback.';
  }
  return text.includes('#') ? 'A callback URL has no fragment. Leave out # and what follows.' : undefined;
};

/** The callback of a key set: empty, one URL, or `regexp=` and a pattern that matches whole URLs. */
export const callbackUrl = z
  .string()
  .max(1024, 'The callback URL may have at most 1024 characters.')
  .superRefine((text, context) => {
    const message = text === '' ? undefined : problemOf(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .describe('callback URL of the authorization_code grant, or regexp= and a pattern of several');
