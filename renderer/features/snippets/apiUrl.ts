import { snippets as contract } from '../../../preload/contract/snippets.ts';

/** Completes typed text to a full URL: https, when it has no scheme. */
export const withScheme = (typed: string): string =>
  typed === '' || /^(https?:|[a-z][\w+.-]*:\/\/)/i.test(typed) ? typed : `https://${typed}`;

/** Gives the URL to call, or `undefined` while the text is not one. */
export function apiUrl(typed: string): string | undefined {
  const url = withScheme(typed);
  if (url === '' || !contract.render.input.shape.url.safeParse(url).success) return undefined;
  // Chromium escapes characters that no host name may contain. Node, which reads it next, refuses them.
  return new URL(url).hostname.includes('%') ? undefined : url;
}
