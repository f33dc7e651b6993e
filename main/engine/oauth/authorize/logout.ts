import type { Ports } from '../../ports/ports.ts';
import { readHint } from '../../tokens/format/idTokenHint.ts';
import { displayName } from '../../usernames.ts';
import type { ErrorPage, LeavingBrowser, LogoutOutcome } from './authorize.ts';
import { demandClient, longestState, page } from './checkRequest.ts';
import { mismatchOf } from './redirectUri.ts';

type Parameters = ReadonlyMap<string, string>;

/** The client that the request names by its hint or its id; undefined without both. */
const clientIdOf = (ports: Ports, parameters: Parameters): string | undefined | ErrorPage => {
  const [sent, hint] = [parameters.get('client_id') || undefined, parameters.get('id_token_hint')];
  if (!hint) return sent;
  const read = readHint(ports, hint);
  if ('problem' in read) return page('access_denied', 'ID token signature validation failed.', { hint: read.problem });
  if (sent === undefined || sent === read.clientId) return read.clientId;
  return page('invalid_request', 'The client_id is not the client of the id_token_hint.');
};

/** Whom the request names, and where it leads; or the page of what is wrong. */
const checkLogout = (ports: Ports, parameters: Parameters) => {
  const clientId = clientIdOf(ports, parameters);
  // Nobody vouches for the address of an unnamed client, so it is ignored, as WSO2 does.
  if (clientId === undefined) return { application: undefined, target: undefined };
  if (typeof clientId === 'object') return clientId;
  const client = demandClient(ports, clientId);
  if ('kind' in client) return client;
  const application = client.application.name;
  const uri = parameters.get('post_logout_redirect_uri');
  if (!uri) return { application, target: undefined };
  const hint = mismatchOf(client.keySet.callbackUrl, uri, ports.store.settings.read().loopbackPorts);
  if (hint !== undefined) {
    return page('invalid_callback', 'Post logout URI does not match with registered callback URI.', { hint });
  }
  const state = parameters.get('state') || undefined;
  if (state !== undefined && state.length > longestState) {
    return page('invalid_request', `The state may have at most ${longestState} characters.`);
  }
  return { application, target: { uri, state } };
};

/**
 * Decides the step of a logout: an error, the question, or its end (OpenID reference 3, rows A66 to A68). It changes
 * nothing. https://openid.net/specs/openid-connect-rpinitiated-1_0.html#rfc.section.2
 */
export const decideLogout = (
  ports: Ports,
  parameters: Parameters,
  { hasCookie, signedIn }: LeavingBrowser,
): LogoutOutcome => {
  const checked = checkLogout(ports, parameters);
  const user = signedIn && ports.store.users.byId(signedIn.userId);
  if (user !== undefined) {
    return 'kind' in checked ? checked : { kind: 'consent', user: displayName(user), ...checked };
  }
  if (ports.store.settings.read().repeatedLogout === 'refuse') {
    return hasCookie
      ? page('access_denied', 'No valid session found for the received session state.')
      : page('access_denied', 'opbs cookie not received. Missing session state.', {
          hint: 'This browser is not signed in.',
        });
  }
  return { kind: 'done', target: 'kind' in checked ? undefined : checked.target };
};
