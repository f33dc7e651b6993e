import type { AuthorizeOutcome } from '../../engine/oauth/authorize/authorize.ts';
import { notStored } from '../../listener/cacheHeaders.ts';
import type { Reply } from '../../listener/reply.ts';
import { formPostPage } from '../pages/signInPages.ts';

type Redirect = Extract<AuthorizeOutcome, { readonly kind: 'redirect' }>;

/**
 * A reply that sends the browser elsewhere. After a POST it is 303, so that the form is not sent again.
 * https://www.rfc-editor.org/rfc/rfc9700#section-4.12
 */
export const goTo = (method: string, location: string, headers: readonly string[] = []): Reply => ({
  status: method === 'POST' ? 303 : 302,
  headers: ['Location', location, 'Referrer-Policy', 'no-referrer', ...notStored, ...headers],
  body: '',
});

/** A URL with more parameters in its query, or in its fragment. */
export const withParameters = (
  url: string,
  parameters: readonly (readonly [name: string, value: string])[],
  place: '?' | '#' = '?',
): string => {
  const text = new URLSearchParams(Object.fromEntries(parameters)).toString();
  return `${url}${place === '?' && url.includes('?') ? '&' : place}${text}`;
};

/** The reply that brings parameters to the app, in the way that it asked. `issuer` follows as `iss`. */
export const replyToApp = (
  method: string,
  { target, parameters, withIssuer, error }: Redirect,
  issuer: string,
): Reply => {
  const { redirectUri, responseMode } = target;
  const all = withIssuer ? [...parameters, ['iss', issuer] as const] : parameters;
  const log = error && { error: error.error, errorDescription: error.description };
  if (responseMode === 'form_post') return { ...formPostPage(redirectUri, all), ...log };
  const place = responseMode === 'fragment' ? '#' : '?';
  return { ...goTo(method, withParameters(redirectUri, all, place)), ...log };
};
