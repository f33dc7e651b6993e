import { callbackPatternPrefix } from '../../../../preload/contract/callbackUrl.ts';
import type { ParsedInputOf } from '../../../../preload/contract/define.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { Client } from '../../clients/client.ts';
import { mismatchOf } from '../../oauth/authorize/redirectUri.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SnippetModel } from '../../ports/snippet.ts';
import { findClient } from '../../references.ts';
import { splitScopes } from '../../scopeRules.ts';
import { basicOf, scopeOf } from './callOf.ts';
import { targetOf } from './target.ts';

/** The callback to suggest. Native apps may use any port: https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
const suggestedCallback = 'http://127.0.0.1/callback';
/** A pattern fixes the port. */
const suggestedInPattern = 'http://127\\.0\\.0\\.1:8765/callback';

const onThisMachine = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?=[/?]|$)/i;

/** The URLs that a callback names: itself, or the alternatives of a pattern that are plain URLs. */
const urlsOf = (callback: string): readonly string[] => {
  if (!callback.startsWith(callbackPatternPrefix)) return callback === '' ? [] : [callback];
  const pattern = callback.slice(callbackPatternPrefix.length).replace(/^\((?!\?)(.*)\)$/, '$1');
  const urls = pattern.split('|').map((url) => url.replace(/\\(.)/g, '$1'));
  return urls.filter((url) => mismatchOf(callback, url, false) === undefined);
};

/** The callback in addition to the current one, as an argument of a shell. */
const extended = (callback: string): string => {
  if (callback === '') return suggestedCallback;
  const current = callback.startsWith(callbackPatternPrefix)
    ? callback.slice(callbackPatternPrefix.length)
    : callback.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `'${callbackPatternPrefix}(${current}|${suggestedInPattern})'`;
};

const refuseCallback = ({ application, keySet }: Client, problem: string): KeyfobError =>
  new KeyfobError(
    'refused',
    `${problem} Add one: keyfob keys update --application "${application.name}" --key-type ${keySet.keyType} --callback-url ${extended(keySet.callbackUrl)}`,
  );

/** The callback that Keyfob itself can serve. `anyPort`: its port is free to choose. Throws `refused` without one. */
export const ownCallback = (ports: Ports, client: Client): { readonly url: string; readonly anyPort: boolean } => {
  const { callbackUrl } = client.keySet;
  const url = urlsOf(callbackUrl).find((one) => onThisMachine.test(one));
  if (url === undefined) {
    throw refuseCallback(
      client,
      'These keys have no http callback on this machine, where Keyfob can receive the code.',
    );
  }
  return { url, anyPort: url === callbackUrl && ports.store.settings.read().loopbackPorts };
};

/** The callback of a command, wherever it leads. Throws `refused` without one. */
const anyCallback = (client: Client): string => {
  const [url] = urlsOf(client.keySet.callbackUrl);
  if (url === undefined) throw refuseCallback(client, 'These keys have no callback that is one URL.');
  return url;
};

/** 256 random bits as 43 letters, the length of a verifier (https://www.rfc-editor.org/rfc/rfc7636#section-4.1). */
export const randomText = ({ random, sha256 }: Pick<Ports, 'random' | 'sha256'>): string =>
  sha256(random.bytes(32).join());

/** What an app sends to `/authorize`, and what it keeps. */
export interface CodeRequest {
  readonly redirectUri: string;
  readonly scope: string;
  readonly verifier: string;
  readonly state?: string;
  /** Sent with the scope `openid` only. */
  readonly nonce?: string;
  /** The user name to fill in. */
  readonly loginHint?: string | undefined;
}

const originOf = ({ store }: Ports): string => `https://localhost:${store.settings.read().port}`;

/** The address at which a person signs in: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1, with PKCE. */
export const authorizeUrlOf = (ports: Ports, { keySet }: Client, request: CodeRequest): string => {
  const { redirectUri, scope, verifier, state, nonce, loginHint } = request;
  const parameters: readonly (readonly [name: string, value: string | undefined])[] = [
    ['response_type', 'code'],
    ['client_id', keySet.consumerKey],
    ['redirect_uri', redirectUri],
    ['scope', scope || undefined],
    ['state', state],
    ['nonce', splitScopes(scope).includes('openid') ? nonce : undefined],
    ['code_challenge', ports.sha256(verifier)],
    ['code_challenge_method', 'S256'],
    ['login_hint', loginHint],
  ];
  const query = parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${ports.endpoint.status().authorizeUrl ?? `${originOf(ports)}/authorize`}?${query.join('&')}`;
};

/**
 * The exchange of a code (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3). A public client names itself in the
 * form, without a secret. `code` is null where a placeholder replaces it.
 */
export const exchangeModel = (
  ports: Ports,
  client: Client,
  { redirectUri, verifier, code }: Pick<CodeRequest, 'redirectUri' | 'verifier'> & { readonly code: string | null },
): SnippetModel => {
  const { consumerKey, publicClient } = client.keySet;
  const status = ports.endpoint.status();
  return {
    ...{ call: 'code', method: 'POST', insecure: false, direct: true },
    url: status.tokenUrl ?? `${originOf(ports)}/token`,
    caFile: status.caFile,
    ...(!publicClient && { basic: basicOf(ports, client) }),
    form: [
      { name: 'grant_type', value: 'authorization_code' },
      { name: 'code', value: code, secret: 'code' },
      { name: 'redirect_uri', value: redirectUri },
      { name: 'code_verifier', value: verifier },
      ...(publicClient ? [{ name: 'client_id', value: consumerKey }] : []),
    ],
  };
};

type Input = Omit<ParsedInputOf<Contract['snippets']['render']>, 'call' | 'shell' | 'secrets' | 'ca' | 'client'>;

/**
 * The exchange of a sign-in as a command, and the address to open first. A person copies the code from the address at
 * which the browser ends. The verifier depends on `seed` and key set. Throws `refused` without a
 * callback, and for keys that are not served here.
 */
export const codeCallOf = (
  ports: Ports,
  input: Input,
  seed: string,
): { readonly model: SnippetModel; readonly authorizeUrl: string } => {
  const client = findClient(ports, input);
  // A sign-in has the pages of this machine.
  targetOf(client, 'machine');
  const verifier = ports.sha256(`${seed} ${client.keySet.consumerKey}`);
  const redirectUri = anyCallback(client);
  const request = { redirectUri, verifier, scope: scopeOf(input), loginHint: input.username };
  return {
    model: { ...exchangeModel(ports, client, { redirectUri, verifier, code: null }), insecure: input.insecure },
    authorizeUrl: authorizeUrlOf(ports, client, request),
  };
};

/** Says what to do before the exchange. */
export const signInNote = (authorizeUrl: string): string =>
  `Open this address and sign in: ${authorizeUrl} The browser ends at the callback, even if nothing answers there. Copy the code from its address; it works once, for five minutes.`;
