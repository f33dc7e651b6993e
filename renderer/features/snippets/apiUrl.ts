import { snippets as contract } from '../../../preload/contract/snippets.ts';

/** What a person typed, as a full URL: without a scheme it gets https. */
export const withScheme = (typed: string): string =>
  typed === '' || /^(https?:|[a-z][\w+.-]*:\/\/)/i.test(typed) ? typed : `https://${typed}`;

/** The URL to call; `undefined` while what is typed is not one. */
export function apiUrl(typed: string): string | undefined {
  const url = withScheme(typed);
  if (url === '' || !contract.render.input.shape.url.safeParse(url).success) return undefined;
  // Chromium escapes what may not be in the name of a host; Node, which reads it next, refuses it.
  return new URL(url).hostname.includes('%') ? undefined : url;
}
