import type { Rule } from '../../../../preload/contract/audit.ts';
import { type Client, ownerOf } from '../../clients/client.ts';
import { type Decided, decideAgainInTransaction } from '../../decisions/decided.ts';
import { droppedSentence } from '../../decisions/reasons.ts';
import { startOf } from '../../decisions/refusal.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { decideScopes, splitScopes } from '../../scopeRules.ts';
import { displayName, parseUsername } from '../../usernames.ts';
import type {
  AuthorizationRequest,
  AuthorizationService,
  AuthorizeErrorCode,
  AuthorizeOutcome,
  ConsentView,
  LoginForm,
  LoginView,
  LogoutOutcome,
  SignedIn,
} from './authorize.ts';
import { checkRequest, demandClient } from './checkRequest.ts';
import { canSignIn, decideConsent, decideStep, userOf } from './decideStep.ts';
import { decideLogout } from './logout.ts';

/** Users on the sign-in page at most. */
const mostPicks = 50;

const ruleOf = (error: AuthorizeErrorCode): Rule => {
  if (error === 'invalid_client') return 'refused_client';
  if (error === 'invalid_scope') return 'refused_scope';
  return error === 'access_denied' || error === 'unauthorized_client' ? 'refused_grant' : 'refused_request';
};

/** Adds the error of an outcome to the log of decisions. */
const record = (
  { clock, decisions, store }: Ports,
  outcome: AuthorizeOutcome | LogoutOutcome,
  clientId: string | undefined,
): void => {
  if (!('error' in outcome) || outcome.error === undefined) return;
  const atMs = clock.tokenTimeMs();
  const { error, description } = outcome.error;
  const keySet = clientId === undefined ? undefined : store.keySets.byConsumerKey(clientId);
  const application = keySet && store.applications.byId(keySet.applicationId);
  decisions.add({
    atMs,
    ...(keySet && application && { application: application.name, keyType: keySet.keyType }),
    reason: { rule: ruleOf(error), atMs, error, errorDescription: startOf(description) },
  });
};

/** Decides again inside the transaction, and records an error once. */
const recorded = (
  ports: Ports,
  clientId: string | undefined,
  decide: () => Decided<AuthorizeOutcome>,
): Decided<AuthorizeOutcome> => {
  const decided = decideAgainInTransaction(decide);
  if (decided.kind === 'answer') {
    record(ports, decided.answer, clientId);
    return decided;
  }
  const apply = () => {
    const outcome = decided.apply();
    record(ports, outcome, clientId);
    return outcome;
  };
  return { kind: 'write', apply };
};

/** Whether testers can pick a user and an expired code: only while no other machine can reach the endpoint. */
const offersPicks = ({ store }: Ports): boolean => {
  const { pickUserAtLogin, extraNames } = store.settings.read();
  return pickUserAtLogin && extraNames.length === 0;
};

const clientOf = (ports: Ports, { clientId }: AuthorizationRequest): Client | undefined => {
  const client = demandClient(ports, clientId);
  return 'kind' in client ? undefined : client;
};

const loginView = (ports: Ports, request: AuthorizationRequest): LoginView | undefined => {
  const client = clientOf(ports, request);
  if (client === undefined) return undefined;
  const { tenantDomain } = ownerOf(ports, client.application);
  // An application serves only users of its owner's tenant (token reference 4.3).
  const users = offersPicks(ports)
    ? ports.store.users.list().filter((user) => canSignIn(user) && user.tenantDomain === tenantDomain)
    : [];
  return {
    application: client.application.name,
    users: users.slice(0, mostPicks).map((user) => ({ id: user.id, name: displayName(user) })),
  };
};

const consentView = (
  ports: Ports,
  request: AuthorizationRequest,
  signedIn: SignedIn | undefined,
): ConsentView | undefined => {
  const client = clientOf(ports, request);
  const user = userOf(ports, signedIn);
  if (client === undefined || user === undefined) return undefined;
  const { scope, dropped } = decideScopes(ports, client.application.id, request.scope, user.roles, false);
  return {
    application: client.application.name,
    user: displayName(user),
    scopes: splitScopes(scope).map((name) => ({
      name,
      description: ports.store.scopes.byName(name)?.description ?? '',
    })),
    dropped: dropped.length === 0 ? undefined : droppedSentence(dropped),
    offersExpiredCode: offersPicks(ports),
  };
};

const signIn = (ports: Ports, form: LoginForm): SignedIn | undefined => {
  const { users, settings } = ports.store;
  const find = (): UserRow | undefined => {
    if ('userId' in form) return offersPicks(ports) ? users.byId(form.userId) : undefined;
    const { name, userStore, tenantDomain } = parseUsername(form.username, settings.read().emailUsernames);
    const user = users.byName(name, userStore, tenantDomain);
    return user && users.passwordMatches(user.id, form.password) ? user : undefined;
  };
  const user = find();
  if (user === undefined || !canSignIn(user)) return undefined;
  return {
    userId: user.id,
    passwordMark: users.passwordMark(user.id),
    authTimeMs: ports.clock.tokenTimeMs(),
    sessionId: ports.random.uuid(),
  };
};

/** The authorization endpoint, over the engine's ports. */
export const createAuthorizationService = (ports: Ports): AuthorizationService => ({
  begin: (parameters, signedIn) =>
    recorded(ports, parameters.get('client_id'), () => {
      const request = checkRequest(ports, parameters);
      return 'kind' in request
        ? { kind: 'answer', answer: request }
        : decideStep(ports, request, { signedIn, fresh: false });
    }),
  resume: (request, visitor) => recorded(ports, request.clientId, () => decideStep(ports, request, visitor)),
  answerConsent: (request, visitor, answer) =>
    recorded(ports, request.clientId, () =>
      answer === 'approveExpired' && !offersPicks(ports)
        ? { kind: 'answer', answer: { kind: 'consent', request } }
        : decideConsent(ports, request, visitor, answer),
    ),
  loginView: (request) => loginView(ports, request),
  consentView: (request, signedIn) => consentView(ports, request, signedIn),
  signIn: (form) => signIn(ports, form),
  logout(parameters, browser) {
    const outcome = decideLogout(ports, parameters, browser);
    record(ports, outcome, parameters.get('client_id'));
    return outcome;
  },
});
