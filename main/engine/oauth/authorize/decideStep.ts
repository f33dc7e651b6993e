import type { Client } from '../../clients/client.ts';
import type { Decided } from '../../decisions/decided.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { splitScopes } from '../../scopeRules.ts';
import { readHint } from '../../tokens/format/idTokenHint.ts';
import { subjectOf } from '../../tokens/format/subject.ts';
import type {
  AuthorizationRequest,
  AuthorizeError,
  AuthorizeOutcome,
  ConsentAnswer,
  SignedIn,
  Visitor,
} from './authorize.ts';
import { demandClient, redirectError } from './checkRequest.ts';

/** Lifetime of a code (OpenID reference 4). */
const codeValidityMs = 300_000;
/** The lifetime that marks a code as expired on purpose. */
export const expiredCodeValidityMs = 1;

export const canSignIn = ({ enabled, deletedAtMs }: UserRow): boolean => enabled && deletedAtMs === null;

/** The user of a sign-in; undefined once the user is disabled or deleted, or the password changed. */
export const userOf = ({ store }: Ports, signedIn: SignedIn | undefined): UserRow | undefined => {
  const user = signedIn && store.users.byId(signedIn.userId);
  if (user === undefined || !canSignIn(user)) return undefined;
  return store.users.passwordMark(user.id) === signedIn?.passwordMark ? user : undefined;
};

const answer = (outcome: AuthorizeOutcome): Decided<AuthorizeOutcome> => ({ kind: 'answer', answer: outcome });

/** Whether the user must sign in again: by `prompt=login`, or when the sign-in is older than `max_age`. */
const demandsLogin = (ports: Ports, request: AuthorizationRequest, { signedIn, fresh }: Visitor): boolean => {
  if (fresh) return false;
  if (request.prompts.includes('login')) return true;
  if (request.maxAgeSeconds === undefined || ports.store.settings.read().maxAge !== 'honour') return false;
  const ageMs = ports.clock.tokenTimeMs() - (signedIn?.authTimeMs ?? 0);
  // An age of 0 demands a sign-in each time.
  return request.maxAgeSeconds === 0 || ageMs > request.maxAgeSeconds * 1000;
};

const isRemembered = (
  { store }: Ports,
  { keySet }: Client,
  user: UserRow,
  { scope }: AuthorizationRequest,
): boolean => {
  const row = store.consents.find(keySet.id, user.id);
  if (row === undefined) return false;
  if (store.settings.read().consentKey === 'client') return true;
  const approved = splitScopes(row.scope);
  return splitScopes(scope).every((name) => approved.includes(name));
};

/** Forgets a remembered consent, if there is one. Must run in a transaction. */
const forget = ({ store, events }: Ports, { keySet }: Client, { id }: UserRow): void => {
  const row = store.consents.find(keySet.id, id);
  if (row === undefined) return;
  store.consents.delete(row.id);
  events.emit('consents.changed', { userId: id });
};

const remember = ({ store, events, clock }: Ports, { keySet }: Client, { id }: UserRow, scope: string): void => {
  const before = store.consents.find(keySet.id, id)?.scope ?? '';
  const all = splitScopes(`${before} ${scope}`).join(' ');
  store.consents.save({ keySetId: keySet.id, userId: id, scope: all, approvedAtMs: clock.realTimeMs() });
  events.emit('consents.changed', { userId: id });
};

/** Issues a code and gives the redirect with it. Must run in a transaction. */
const issueCode = (
  ports: Ports,
  { keySet }: Client,
  user: UserRow,
  request: AuthorizationRequest,
  { authTimeMs, sessionId }: SignedIn,
  validityMs = codeValidityMs,
): AuthorizeOutcome => {
  const code = ports.store.authorizationCodes.insert({
    keySetId: keySet.id,
    userId: user.id,
    issuedAtMs: ports.clock.tokenTimeMs(),
    validityMs,
    redirectUri: request.redirectUri,
    scope: request.scope,
    challenge: request.challenge ?? null,
    nonce: request.nonce ?? null,
    authTimeMs,
    sessionId,
  });
  const state = request.state ? [['state', request.state] as const] : [];
  return {
    kind: 'redirect',
    target: request,
    parameters: [['code', code], ...state],
    withIssuer: ports.store.settings.read().issParameter,
  };
};

/** Whether the hint of a silent request names this user. WSO2's texts, which quote the hint (OpenID reference 2.5). */
const hintError = (ports: Ports, { idTokenHint }: AuthorizationRequest, user: UserRow): AuthorizeError | undefined => {
  if (idTokenHint === undefined) return undefined;
  const hint = readHint(ports, idTokenHint);
  const quoted = `Request with 'id_token_hint=${/^[\w.-]*$/.test(idTokenHint) ? idTokenHint : ''}' but`;
  if ('problem' in hint) {
    const description = `${quoted} ID Token validation failed`;
    return { error: 'access_denied', description, hint: hint.problem };
  }
  if (hint.subject === subjectOf(ports, user)) return undefined;
  return { error: 'login_required', description: `${quoted} user has denied the consent` };
};

/** Decides the next step of a checked request (OpenID reference 2.5): sign-in, consent, or the answer to the app. */
export const decideStep = (
  ports: Ports,
  request: AuthorizationRequest,
  visitor: Visitor,
): Decided<AuthorizeOutcome> => {
  const client = demandClient(ports, request.clientId);
  if ('kind' in client) return answer(client);
  const settings = ports.store.settings.read();
  const silent = request.prompts.includes('none');
  const { signedIn } = visitor;
  const user = userOf(ports, signedIn);
  if (user === undefined || signedIn === undefined || demandsLogin(ports, request, visitor)) {
    const error = { error: 'login_required', description: 'Authentication required' } as const;
    return answer(silent ? redirectError(settings, request, error) : { kind: 'login', request });
  }
  const mismatch = hintError(ports, request, user);
  if (mismatch !== undefined) return answer(redirectError(settings, request, mismatch));
  if (request.prompts.includes('consent')) {
    const apply = (): AuthorizeOutcome => {
      forget(ports, client, user);
      return { kind: 'consent', request };
    };
    return { kind: 'write', apply };
  }
  if (isRemembered(ports, client, user, request)) {
    return { kind: 'write', apply: () => issueCode(ports, client, user, request, signedIn) };
  }
  const error = { error: 'consent_required', description: 'Required consent not found' } as const;
  return answer(silent ? redirectError(settings, request, error) : { kind: 'consent', request });
};

/** Decides after the user's answer on the consent page (OpenID reference 3). */
export const decideConsent = (
  ports: Ports,
  request: AuthorizationRequest,
  { signedIn }: Visitor,
  consent: ConsentAnswer,
): Decided<AuthorizeOutcome> => {
  const client = demandClient(ports, request.clientId);
  if ('kind' in client) return answer(client);
  const user = userOf(ports, signedIn);
  if (user === undefined || signedIn === undefined) return answer({ kind: 'login', request });
  const apply = (): AuthorizeOutcome => {
    if (consent === 'deny') {
      forget(ports, client, user);
      const error = { error: 'access_denied', description: 'User denied the consent' } as const;
      return redirectError(ports.store.settings.read(), request, error);
    }
    if (consent === 'approveAlways') remember(ports, client, user, request.scope);
    const validityMs = consent === 'approveExpired' ? expiredCodeValidityMs : codeValidityMs;
    return issueCode(ports, client, user, request, signedIn, validityMs);
  };
  return { kind: 'write', apply };
};
