import type { Reason, Rule } from '../../../preload/contract/audit.ts';
import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { GrantType, UserType } from '../../../preload/contract/values.ts';
import type { Client } from '../clients/clientRules.ts';
import type { RequestContext } from '../decisions/refusal.ts';
import { type Decided, decideAgainInTransaction, resolveDecision, type TokenAnswer } from '../oauth/oauth.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow, Tuple } from '../ports/tokenStore.ts';
import type { UserRow } from '../ports/userStore.ts';
import type { ScopeDecision } from '../scopeRules.ts';
import { type Candidate, describeCandidate, describeTuple, examine } from './candidate.ts';
import { type CarriedRefreshToken, insert } from './insertion.ts';
import { expiryThresholdMs, toValidityMs } from './lifetime.ts';
import type { Retiring } from './retire.ts';
import { ReuseDecision } from './reuse.ts';

/** A token wanted: for whom, by which grant, with which scopes. All checks of the grant have passed. */
export interface IssueRequest {
  readonly client: Client;
  readonly user: UserRow;
  readonly userType: UserType;
  readonly grantType: GrantType;
  readonly scopes: ScopeDecision;
  /** Instead of the key set's lifetime; negative: never expires. */
  readonly validitySeconds?: number | undefined;
}

/** The tuple of a request; `NONE` unless several may be live at once. */
export const tupleOf = ({ client, user, userType, scopes }: IssueRequest, bindingRef = 'NONE'): Tuple => ({
  keySetId: client.keySet.id,
  userId: user.id,
  userType,
  scope: scopes.scope,
  bindingRef,
});

/**
 * The reuse decision (reference 2.2, end of section 10): the live token of the tuple, or a new one. ReuseDecision writes
 * nothing but a count.
 */
export const decideIssue = (ports: Ports, context: RequestContext, request: IssueRequest): Decided<TokenAnswer> => {
  const behaviour = request.client.keySet.issueBehaviour;
  if (behaviour === 'multiple') {
    const apply = () =>
      issueNew(ports, context.atMs, request, tupleOf(request, ports.random.uuid()), 'issued_multiple');
    return { kind: 'write', apply };
  }
  const look = () => decideForTuple(ports, context, request, behaviour);
  // What is live is of no interest before it is replaced.
  return behaviour === 'renew'
    ? { kind: 'write', apply: () => resolveDecision(look()) }
    : decideAgainInTransaction(look);
};

const decideForTuple = (
  ports: Ports,
  context: RequestContext,
  request: IssueRequest,
  behaviour: Exclude<IssueBehaviour, 'multiple'>,
): Decided<TokenAnswer> => {
  const tuple = tupleOf(request);
  const row = ports.store.tokens.findActive(tuple);
  if (row === undefined) {
    return { kind: 'write', apply: () => issueNew(ports, context.atMs, request, tuple, 'issued_first') };
  }
  const candidate = examine(ports, row, context.atMs);
  const rule = ruleFor(behaviour, ports.store.settings.read(), candidate);
  const again = rule === 'reused' ? reuse(ports, context, request, candidate) : undefined;
  if (again !== undefined) return { kind: 'answer', answer: again };
  const issueRule = rule === 'reused' ? 'issued_value_not_kept' : rule;
  return { kind: 'write', apply: () => issueNew(ports, context.atMs, request, tuple, issueRule, candidate) };
};

type IssueRule = Exclude<Extract<Rule, `issued_${string}`>, 'issued_regenerated'>;

const ruleFor = (behaviour: Exclude<IssueBehaviour, 'multiple'>, settings: Settings, candidate: Candidate) => {
  // Row 49: with hashes only there is nothing to look at, run out or not.
  if (settings.tokenPersistence === 'hashed' && behaviour === 'reuse') return 'issued_value_not_kept';
  if (candidate.remainingMs <= expiryThresholdMs) return 'issued_after_expiry';
  if (behaviour === 'renew') return 'issued_renew';
  // Documentation: a never-expiring token is handed out again, whatever became of its refresh token (reference 2.7).
  if (candidate.remainingMs === Number.POSITIVE_INFINITY) {
    return settings.infiniteUserTokenReuse || candidate.refresh === undefined
      ? 'reused'
      : 'issued_never_expiring_renewed';
  }
  return candidate.refresh !== undefined && candidate.refresh.remainingMs <= expiryThresholdMs
    ? 'issued_refresh_token_dead'
    : 'reused';
};

/** Undefined: a value of it is not kept, so that it cannot be handed out again. */
const reuse = (
  ports: Ports,
  context: RequestContext,
  request: IssueRequest,
  candidate: Candidate,
): TokenAnswer | undefined => {
  const { store, clock, decisions } = ports;
  const { row, remainingMs, refresh } = candidate;
  const accessToken = store.tokens.reveal(row.id);
  const refreshToken = refresh && store.refreshTokens.reveal(refresh.row.id);
  if (accessToken === undefined || (refresh && refreshToken === undefined)) return undefined;
  const decision = new ReuseDecision(context.atMs, request.client, request.user, candidate, request.scopes.dropped);
  store.tokens.countReuse(row.id, clock.realTimeMs());
  decisions.add(decision);
  return {
    tokenId: row.id,
    accessToken,
    refreshToken,
    persistence: row.persistence,
    scope: row.scope,
    expiresInSeconds: remainingMs === Number.POSITIVE_INFINITY ? null : Math.floor(remainingMs / 1000),
    decision,
  };
};

const reasonFor = (
  atMs: number,
  tuple: Tuple,
  rule: Rule,
  request: IssueRequest,
  candidate: Candidate | undefined,
): Reason => ({
  rule,
  atMs,
  tuple: describeTuple(tuple, request.client, request.user),
  ...(candidate && { candidate: describeCandidate(candidate) }),
  ...(request.scopes.dropped.length > 0 && { scopesDropped: [...request.scopes.dropped] }),
});

/** How the row met leaves, by what takes its place. */
const retiringFor = (rule: IssueRule, candidate: Candidate): Retiring => {
  switch (rule) {
    case 'issued_renew':
      return { candidate, state: 'REVOKED', rule: 'retired_renewed' };
    case 'issued_value_not_kept':
      return { candidate, state: 'INACTIVE', rule: 'retired_value_not_kept' };
    case 'issued_never_expiring_renewed':
      return { candidate, state: 'EXPIRED', rule: 'retired_renewed' };
    default:
      return { candidate, state: 'EXPIRED', rule: 'retired_expired' };
  }
};

/**
 * The refresh token of the replaced row outlives it when it has more left than the new token's lifetime (reference 2.6),
 * and its value can be handed out. So it does where keys renew, unless a setting says otherwise.
 */
const refreshToCarry = (
  { store }: Ports,
  rule: IssueRule,
  candidate: Candidate | undefined,
  validityMs: number,
): CarriedRefreshToken | undefined => {
  if (candidate?.refresh === undefined || rule === 'issued_value_not_kept') return undefined;
  if (rule === 'issued_renew' && store.settings.read().renewRefreshTokenToo) return undefined;
  const { row, remainingMs } = candidate.refresh;
  if (remainingMs <= expiryThresholdMs || remainingMs <= validityMs) return undefined;
  const value = store.refreshTokens.reveal(row.id);
  return value === undefined ? undefined : { row, value };
};

const issueNew = (
  ports: Ports,
  atMs: number,
  request: IssueRequest,
  tuple: Tuple,
  rule: IssueRule,
  candidate?: Candidate,
): TokenAnswer => {
  const validityMs = validityOf(request);
  const carried = refreshToCarry(ports, rule, candidate, validityMs);
  const reason = reasonFor(atMs, tuple, rule, request, candidate);
  return insert(ports, atMs, {
    tuple,
    grantType: request.grantType,
    validityMs,
    refresh: carried ?? newRefreshFor(request),
    retiring: candidate ? [retiringFor(rule, candidate)] : [],
    reason: carried ? { ...reason, refreshTokenKept: true } : reason,
  });
};

/** Revokes what is live of the tuple and issues anew (reference 6.2, row 36). Must run in a transaction. */
export const regenerate = (ports: Ports, context: RequestContext, request: IssueRequest): TokenAnswer => {
  const { atMs } = context;
  const { keySet } = request.client;
  const tuple = tupleOf(request, keySet.issueBehaviour === 'multiple' ? ports.random.uuid() : 'NONE');
  const live = liveRows(ports, request, tuple).map((row) => examine(ports, row, atMs));
  return insert(ports, atMs, {
    tuple,
    grantType: request.grantType,
    validityMs: validityOf(request),
    refresh: newRefreshFor(request),
    retiring: live.map((candidate) => ({ candidate, state: 'REVOKED', rule: 'retired_regenerated' })),
    reason: reasonFor(atMs, tuple, 'issued_regenerated', request, live[0]),
  });
};

const liveRows = ({ store }: Ports, { client: { keySet } }: IssueRequest, tuple: Tuple): readonly TokenRow[] => {
  if (keySet.issueBehaviour !== 'multiple') return [store.tokens.findActive(tuple)].filter((row) => row !== undefined);
  return store.tokens
    .active({ keySetIds: [keySet.id] })
    .filter((row) => row.userId === tuple.userId && row.userType === tuple.userType && row.scope === tuple.scope);
};

const validityOf = ({ client: { keySet }, userType, validitySeconds }: IssueRequest): number =>
  toValidityMs(
    validitySeconds ??
      (userType === 'APPLICATION' ? keySet.applicationTokenValiditySeconds : keySet.userTokenValiditySeconds),
  );

const newRefreshFor = ({ client: { keySet }, userType }: IssueRequest) =>
  userType === 'APPLICATION' ? undefined : { newValidityMs: toValidityMs(keySet.refreshTokenValiditySeconds) };
