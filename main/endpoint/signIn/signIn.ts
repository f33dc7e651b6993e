import type { Decided } from '../../engine/decisions/decided.ts';
import type { AuthorizeOutcome, ConsentAnswer } from '../../engine/oauth/authorize/authorize.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { errorReply, type Reply } from '../../listener/reply.ts';
import type { Service } from '../form/formRoute.ts';
import { consentPage, errorPage, loginPage } from '../pages/signInPages.ts';
import { foreignForm, isForeign, timedOut } from './forms.ts';
import { goTo, replyToApp } from './redirect.ts';
import type { Session, Sessions, Waiting } from './sessions.ts';

type Parameters = ReadonlyMap<string, string>;

export interface SignInParts {
  readonly sessions: Sessions;
  /** For the parameter `iss` (https://www.rfc-editor.org/rfc/rfc9207#section-2): the issuer of the metadata. */
  readonly issuer: () => string;
}

/** WSO2's paths, so that scripts that sign in without a browser work unchanged (OpenID reference 3). */
export const paths = {
  login: '/authenticationendpoint/login.do',
  consent: '/authenticationendpoint/oauth2_authz.do',
  commonAuth: '/commonauth',
} as const;

const consentAnswers: readonly string[] = [
  'approve',
  'approveAlways',
  'approveExpired',
  'deny',
] satisfies ConsentAnswer[];
const isConsentAnswer = (text: string | undefined): text is ConsentAnswer =>
  text !== undefined && consentAnswers.includes(text);

/** The steps of `/authorize` in a browser: each gets a request and gives the reply. */
export const createSignIn = (service: Pick<Service, 'oauth' | 'run'>, { sessions, issuer }: SignInParts) => {
  const replyTo = (
    exchange: Exchange,
    session: Session | undefined,
    fresh: boolean,
    outcome: AuthorizeOutcome,
  ): Reply => {
    const { method } = exchange;
    // An app of another site sends its users here, so its requests are no strangers' in the log.
    if (outcome.kind !== 'page') exchange.foreignSite = undefined;
    if (outcome.kind === 'redirect') return replyToApp(method, outcome, issuer());
    if (outcome.kind === 'page') {
      const { error, description } = outcome.error;
      return outcome.asJson ? errorReply(401, error, description) : errorPage(outcome.error);
    }
    const { kind: step, request } = outcome;
    const at = session ?? sessions.open(undefined, undefined);
    const key = sessions.wait(at, { request, step, fresh });
    const place =
      step === 'login' ? `${paths.login}?sessionDataKey=${key}` : `${paths.consent}?sessionDataKeyConsent=${key}`;
    return goTo(method, place, session === undefined ? sessions.cookie(exchange, at) : []);
  };

  /** Runs a decision, and gives the reply to its outcome. */
  const run = (
    exchange: Exchange,
    session: Session | undefined,
    fresh: boolean,
    decide: () => Decided<AuthorizeOutcome>,
  ): Reply | Promise<Reply> => {
    const outcome = service.run(decide);
    const reply = (done: AuthorizeOutcome) => replyTo(exchange, session, fresh, done);
    return outcome instanceof Promise ? outcome.then(reply) : reply(outcome);
  };

  const waitingFor = (
    exchange: Exchange,
    key: string | undefined,
    step: Waiting['step'],
  ): { readonly session: Session; readonly waiting: Waiting; readonly key: string } | undefined => {
    const session = sessions.find(exchange);
    const waiting = key === undefined ? undefined : session?.waiting.get(key);
    if (session === undefined || waiting?.step !== step || key === undefined) return undefined;
    exchange.clientId = waiting.request.clientId;
    exchange.foreignSite = undefined;
    return { session, waiting, key };
  };

  return {
    /** `/authorize` with the parameters of an app. */
    begin(exchange: Exchange, parameters: Parameters): Reply | Promise<Reply> {
      const session = sessions.find(exchange);
      exchange.clientId = parameters.get('client_id');
      const { signedIn } = session ?? {};
      return run(exchange, session, false, () => service.oauth.authorization.begin(parameters, signedIn));
    },

    /** `/authorize` after the sign-in. */
    resume(exchange: Exchange, key: string): Reply | Promise<Reply> {
      const found = waitingFor(exchange, key, 'login');
      if (found === undefined) return errorPage(timedOut);
      const { session, waiting } = found;
      session.waiting.delete(key);
      const { request, fresh } = waiting;
      const visitor = { signedIn: session.signedIn, fresh };
      return run(exchange, session, fresh, () => service.oauth.authorization.resume(request, visitor));
    },

    /** The form of the consent page. Its key works once. */
    answerConsent(exchange: Exchange, key: string, consent: string | undefined): Reply | Promise<Reply> {
      if (exchange.method !== 'POST' || isForeign(exchange)) return errorPage(foreignForm, 403);
      const found = waitingFor(exchange, key, 'consent');
      if (found === undefined || !isConsentAnswer(consent)) return errorPage(timedOut);
      const { session, waiting } = found;
      session.waiting.delete(key);
      const { request, fresh } = waiting;
      const visitor = { signedIn: session.signedIn, fresh };
      return run(exchange, session, fresh, () => service.oauth.authorization.answerConsent(request, visitor, consent));
    },

    loginPage(exchange: Exchange, key: string | undefined): Reply {
      const found = waitingFor(exchange, key, 'login');
      const view = found && service.oauth.authorization.loginView(found.waiting.request);
      if (found === undefined || view === undefined) return errorPage(timedOut);
      const { request } = found.waiting;
      return loginPage(view, { key: found.key, target: request }, { username: request.loginHint });
    },

    consentPage(exchange: Exchange, key: string | undefined): Reply {
      const found = waitingFor(exchange, key, 'consent');
      const view = found && service.oauth.authorization.consentView(found.waiting.request, found.session.signedIn);
      if (found === undefined || view === undefined) return errorPage(timedOut);
      return consentPage(view, { key: found.key, target: found.waiting.request });
    },

    /** The form of the sign-in page. A sign-in changes the session's id, so nobody can have planted it. */
    login(exchange: Exchange, form: Parameters): Reply {
      if (isForeign(exchange)) return errorPage(foreignForm, 403);
      const found = waitingFor(exchange, form.get('sessionDataKey'), 'login');
      if (found === undefined) return errorPage(timedOut);
      const { session, waiting, key } = found;
      const { authorization } = service.oauth;
      const [username = '', password = '', user] = [form.get('username'), form.get('password'), form.get('user')];
      const signedIn = authorization.signIn(user === undefined ? { username, password } : { userId: Number(user) });
      if (signedIn === undefined) {
        const view = authorization.loginView(waiting.request);
        if (view === undefined) return errorPage(timedOut);
        return loginPage(view, { key, target: waiting.request }, { username, failed: true });
      }
      session.waiting.set(key, { ...waiting, fresh: true });
      const next = sessions.open(signedIn, session);
      return goTo('POST', `/oauth2/authorize?sessionDataKey=${key}`, sessions.cookie(exchange, next));
    },
  };
};

export type SignIn = ReturnType<typeof createSignIn>;
