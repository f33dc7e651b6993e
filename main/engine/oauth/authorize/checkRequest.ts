import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { type Client, livingClient } from '../../clients/client.ts';
import { unknownClient } from '../../clients/clientRules.ts';
import type { Ports } from '../../ports/ports.ts';
import { isWellFormed, malformedScopes, splitScopes } from '../../scopeRules.ts';
import type {
  AuthorizationRequest,
  AuthorizeError,
  AuthorizeErrorCode,
  AuthorizeOutcome,
  ErrorPage,
  ReplyTarget,
  ResponseMode,
} from './authorize.ts';
import { readChallenge } from './pkce.ts';
import { mismatchOf } from './redirectUri.ts';

type Parameters = ReadonlyMap<string, string>;

/** A browser's session keeps these texts, so they are bounded. */
export const longestState = 4096;
const longestNonce = 2048;
const longestHint = 200;

const notAllowed = 'The authenticated client is not authorized to use this authorization grant type';
const knownPrompts: readonly string[] = ['none', 'login', 'consent', 'select_account'];
const otherResponseTypes =
  /^(?:token|id_token|id_token token|code token|code id_token|code id_token token|none|device|subject_token)$/;

/** The page of an error that the app does not get. */
export const page = (
  error: AuthorizeErrorCode,
  description: string,
  { hint, asJson = false }: { readonly hint?: string | undefined; readonly asJson?: boolean } = {},
): ErrorPage => ({ kind: 'page', error: { error, description, hint }, asJson });

/** The redirect that reports an error to the app, with the parameters in WSO2's order. */
export const redirectError = (settings: Settings, target: ReplyTarget, error: AuthorizeError): AuthorizeOutcome => ({
  kind: 'redirect',
  target,
  parameters: [
    ['error_description', error.description],
    ...(target.state ? [['state', target.state] as const] : []),
    ['error', error.error],
  ],
  withIssuer: settings.issParameter,
  error,
});

/** A client as it was when the request came. Gives the page to show where it is gone. */
export const demandClient = (ports: Ports, clientId: string): Client | ErrorPage => {
  const asJson = ports.store.settings.read().authorizeErrors === 'page';
  const client = livingClient(ports, ports.store.keySets.byConsumerKey(clientId));
  if (client === undefined || !client.keySet.servedHere) {
    return page('invalid_client', unknownClient(clientId), { asJson });
  }
  if (client.keySet.state === 'ACTIVE') return client;
  const hint = 'The key set is revoked until its secret is regenerated.';
  return page('invalid_client', 'Oauth application is not in active state', { asJson, hint });
};

/**
 * Checks client and redirect URI first: until both are good, nothing is redirected.
 * https://www.rfc-editor.org/rfc/rfc9700#section-4.11
 */
const checkClient = (ports: Ports, parameters: Parameters): Client | ErrorPage => {
  const clientId = parameters.get('client_id');
  if (!clientId) return page('invalid_request', 'Invalid authorization request', { hint: 'Send a client_id.' });
  const client = demandClient(ports, clientId);
  if ('kind' in client) return client;
  const sent = parameters.get('redirect_uri');
  if (!sent) return page('invalid_request', 'Redirect URI is not present in the authorization request');
  const { callbackUrl } = client.keySet;
  if (callbackUrl === '') {
    return page('unauthorized_client', notAllowed, { hint: 'The key set has no callback URL. Set one.' });
  }
  const hint = mismatchOf(callbackUrl, sent, ports.store.settings.read().loopbackPorts);
  if (hint !== undefined) {
    return page('invalid_callback', 'Registered callback does not match with the provided url.', { hint });
  }
  if ((parameters.get('state') ?? '').length > longestState) {
    return page('invalid_request', `The state may have at most ${longestState} characters.`);
  }
  return client;
};

const modeOf = (text: string | undefined): ResponseMode =>
  text === 'fragment' || text === 'form_post' ? text : 'query';

const invalid = (description: string): AuthorizeError => ({ error: 'invalid_request', description });

/** The errors that the setting `authorizeErrors` sends to the app or to a page, in the order of reference 2.2. */
const shapeError = (parameters: Parameters): AuthorizeError | undefined => {
  const responseType = parameters.get('response_type');
  if (!responseType) return invalid('invalid_request, Missing response_type parameter value');
  if (otherResponseTypes.test(responseType)) {
    return { error: 'unsupported_response_type', description: 'Unsupported Response Type!' };
  }
  if (responseType !== 'code') return invalid('invalid_request, Invalid response_type parameter value');
  return undefined;
};

const laterError = (parameters: Parameters): AuthorizeError | undefined => {
  const maxAge = parameters.get('max_age');
  if (maxAge && !/^\d{1,9}$/.test(maxAge)) {
    return invalid('Invalid max_age parameter value sent in the authorization request.');
  }
  const [request, requestUri] = [parameters.get('request'), parameters.get('request_uri')];
  if (request && requestUri) {
    return invalid(
      'Both request and request_uri parameters can not be associated with the same authorization request.',
    );
  }
  if (request) return { error: 'request_not_supported', description: 'The parameter request is not supported.' };
  if (requestUri) {
    return { error: 'request_uri_not_supported', description: 'The parameter request_uri is not supported.' };
  }
  return undefined;
};

/** The errors that always go to the app. */
const refusalOf = (client: Client, parameters: Parameters, prompts: readonly string[]): AuthorizeError | undefined => {
  if (prompts.length > 0 && !prompts.some((prompt) => knownPrompts.includes(prompt))) {
    return invalid('Invalid prompt variables passed with the authorization request');
  }
  if (prompts.length > 1 && prompts.includes('none')) {
    return invalid(
      "Invalid prompt variable combination. The value 'none' cannot be used with others prompts. Prompt: ",
    );
  }
  if (!client.keySet.grantTypes.includes('authorization_code')) {
    return { error: 'unauthorized_client', description: notAllowed };
  }
  if (!isWellFormed(parameters.get('scope') ?? '')) return { error: 'invalid_scope', description: malformedScopes };
  if ((parameters.get('nonce') ?? '').length > longestNonce) {
    return invalid(`The nonce may have at most ${longestNonce} characters.`);
  }
  return undefined;
};

/** Checks a new authorization request in the order of OpenID reference 2.2. Gives it, or the error's outcome. */
export const checkRequest = (ports: Ports, parameters: Parameters): AuthorizationRequest | AuthorizeOutcome => {
  const client = checkClient(ports, parameters);
  if ('kind' in client) return client;
  const settings = ports.store.settings.read();
  const target: ReplyTarget = {
    redirectUri: parameters.get('redirect_uri') ?? '',
    responseMode: modeOf(parameters.get('response_mode')),
    state: parameters.get('state') || undefined,
  };
  const text = (name: string) => parameters.get(name) || undefined;
  const read = readChallenge(client.keySet, text('code_challenge'), text('code_challenge_method'));
  const problem = read && 'problem' in read ? invalid(read.problem) : undefined;
  const error = shapeError(parameters) ?? problem ?? laterError(parameters);
  if (error !== undefined) {
    return settings.authorizeErrors === 'redirect'
      ? redirectError(settings, target, error)
      : page(error.error, error.description);
  }
  const prompts = (text('prompt') ?? '').split(/\s+/).filter(Boolean);
  const refusal = refusalOf(client, parameters, prompts);
  if (refusal !== undefined) return redirectError(settings, target, refusal);
  return {
    ...target,
    clientId: client.keySet.consumerKey,
    scope: splitScopes(parameters.get('scope') ?? '').join(' '),
    prompts: prompts.filter((prompt) => knownPrompts.includes(prompt)),
    nonce: text('nonce'),
    maxAgeSeconds: text('max_age') === undefined ? undefined : Number(text('max_age')),
    idTokenHint: prompts.includes('none') ? text('id_token_hint') : undefined,
    loginHint: text('login_hint')?.slice(0, longestHint),
    challenge: read === undefined || 'problem' in read ? undefined : read,
  };
};
