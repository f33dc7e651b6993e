import type { AuthorizeError, LogoutTarget } from '../../engine/oauth/authorize/authorize.ts';
import type { Exchange } from '../../listener/exchange.ts';
import type { Reply } from '../../listener/reply.ts';
import type { Service } from '../form/formRoute.ts';
import { logoutPage } from '../pages/logoutPages.ts';
import { errorPage } from '../pages/signInPages.ts';
import { foreignForm, isForeign, timedOut } from './forms.ts';
import { goTo, withParameters } from './redirect.ts';
import type { Session, Sessions } from './sessions.ts';

/** WSO2's paths (OpenID reference 3). */
export const signOutPaths = { logout: '/oidc/logout', done: '/authenticationendpoint/oauth2_logout.do' } as const;

const denied: AuthorizeError = { error: 'access_denied', description: 'End User denied the logout request' };

/** The parameters of a logout. The form of the question repeats them, so nothing waits on the server. */
const requestNames = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];

const placeOf = (target: LogoutTarget | undefined): string => {
  if (target === undefined) return signOutPaths.done;
  return target.state === undefined ? target.uri : withParameters(target.uri, [['state', target.state]]);
};

/** Answers `/oidc/logout` and the form of its question. */
export const createSignOut = (service: Pick<Service, 'oauth'>, sessions: Sessions) => {
  const leave = (exchange: Exchange, session: Session | undefined, target: LogoutTarget | undefined): Reply => {
    exchange.foreignSite = undefined;
    return goTo(exchange.method, placeOf(target), session && sessions.end(exchange, session));
  };

  return (exchange: Exchange, parameters: ReadonlyMap<string, string>): Reply => {
    const consent = parameters.get('consent');
    const request = new Map([...parameters].filter(([name]) => requestNames.includes(name)));
    const hasCookie = sessions.hasCookie(exchange);
    if (consent !== undefined && (exchange.method !== 'POST' || isForeign(exchange)))
      return errorPage(foreignForm, 403);
    // A browser sends no cookie with the POST of another site's page, but with the GET that follows.
    if (exchange.method === 'POST' && !hasCookie && isForeign(exchange)) {
      return goTo('POST', withParameters(signOutPaths.logout, [...request]));
    }
    const session = sessions.find(exchange);
    exchange.clientId = parameters.get('client_id');
    const outcome = service.oauth.authorization.logout(request, { hasCookie, signedIn: session?.signedIn });
    if (outcome.kind === 'page') return errorPage(outcome.error);
    if (outcome.kind === 'done') return leave(exchange, session, outcome.target);
    if (session === undefined) return errorPage(timedOut);
    if (consent === undefined) {
      exchange.foreignSite = undefined;
      return logoutPage(outcome, request, session.formKey);
    }
    if (parameters.get('sessionDataKey') !== session.formKey) return errorPage(timedOut);
    return consent === 'approve' ? leave(exchange, session, outcome.target) : errorPage(denied);
  };
};

export type SignOut = ReturnType<typeof createSignOut>;
