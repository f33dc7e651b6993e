import assert from 'node:assert/strict';
import { ask, formType, type HeaderLines, header, request, type Target, type WireReply } from '../listener/wire.ts';

/** A browser without scripts: it keeps cookies of one server, and reads hidden fields of forms. */
export const createBrowser = (target: Target) => {
  const cookies = new Map<string, string>();
  const origin = `${target.ca === undefined ? 'http' : 'https'}://localhost:${target.port}`;
  const send = async (line: string, headers: HeaderLines, body?: string): Promise<WireReply> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') || undefined;
    const reply = await ask(
      target,
      request(line, { Host: `localhost:${target.port}`, Cookie: cookie, ...headers }, body),
    );
    const set = header(reply, 'set-cookie');
    if (set !== undefined)
      cookies.set(set.slice(0, set.indexOf('=')), set.slice(set.indexOf('=') + 1, set.indexOf(';')));
    return reply;
  };
  return {
    cookies,
    origin,
    get: (path: string, headers: HeaderLines = {}) => send(`GET ${path} HTTP/1.1`, headers),
    post: (path: string, form: Readonly<Record<string, string>>, headers: HeaderLines = {}) =>
      send(
        `POST ${path} HTTP/1.1`,
        { Origin: origin, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': formType, ...headers },
        new URLSearchParams(form).toString(),
      ),
  };
};

export type Browser = ReturnType<typeof createBrowser>;

/** Where a redirect leads. */
export const locationOf = (reply: WireReply): string => {
  assert.ok([302, 303].includes(reply.status), `${reply.status} ${reply.body}`);
  return header(reply, 'location') ?? '';
};

/** The key of a waiting request, in the address of its page. */
export const keyOf = (reply: WireReply): string => {
  const key = /[?&]sessionDataKey(?:Consent)?=([\w-]+)/.exec(locationOf(reply))?.[1];
  assert.ok(key, locationOf(reply));
  return key;
};

/** Signs in and answers the consent page; gives the redirect to the app. */
export const completeFlow = async (
  browser: Browser,
  start: string,
  login: Readonly<Record<string, string>>,
  consent = 'approve',
): Promise<WireReply> => {
  const key = keyOf(await browser.get(start));
  const signedIn = await browser.post('/commonauth', { ...login, sessionDataKey: key });
  const asked = await browser.get(locationOf(signedIn));
  return browser.post('/oauth2/authorize', { sessionDataKeyConsent: keyOf(asked), consent });
};

/** Signs in at the address that an app opened, and brings the answer to the app's callback. Gives the page there. */
export const signInAt = async (
  target: Target,
  url: string,
  login: Readonly<Record<string, string>>,
  consent?: string,
): Promise<Response> => {
  const { pathname, search } = new URL(url);
  const done = await completeFlow(createBrowser(target), pathname + search, login, consent);
  return await fetch(locationOf(done));
};
