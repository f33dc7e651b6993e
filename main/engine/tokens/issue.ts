import type { Reason, Rule } from '../../../preload/contract/audit.ts';
import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import type { GrantType, UserType } from '../../../preload/contract/values.ts';
import type { Client } from '../clients/client.ts';
import { type Decided, decideAgainInTransaction, resolveDecision } from '../decisions/decided.ts';
import type { RequestContext } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow, Tuple } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import type { ScopeDecision } from '../scopeRules.ts';
import { type Candidate, describeCandidate, describeTuple, examine } from './candidate.ts';
import { renewsJwts, replacedState } from './format/jwt.ts';
import { type CarriedRefreshToken, insert, type TokenAnswer } from './insertion.ts';
import { expiryThresholdMs, toValidityMs } from './lifetime.ts';
import type { Retiring } from './retire.ts';
import { ReuseDecision } from './reuse.ts';

/** A request for a token that has passed all checks of its grant. */
export interface IssueRequest {
  readonly client: Client;
  readonly user: UserRow;
  readonly userType: UserType;
  readonly grantType: GrantType;
  readonly scopes: ScopeDecision;
  /** Overrides the key set's lifetime; negative: never expires. */
  readonly validitySeconds?: number | undefined;
}

/** The tuple of a request. The binding reference is `NONE` unless the key set allows several live tokens. */
export const tupleOf = ({ client, user, userType, scopes }: IssueRequest, bindingRef = 'NONE'): Tuple => ({
  keySetId: client.keySet.id,
  userId: user.id,
  userType,
  scope: scopes.scope,
  bindingRef,
});

/**
 * Decides whether to return the tuple's live token again or to issue a new one (reference 2.2, end of section 10). A
 * reuse writes only a count.
 */
export const decideIssue = (ports: Ports, context: RequestContext, request: IssueRequest): Decided<TokenAnswer> => {
  const behaviour = request.client.keySet.issueBehaviour;
  if (behaviour === 'multiple') {
    const apply = () =>
      issueNew(ports, context.atMs, request, tupleOf(request, ports.random.uuid()), 'issued_multiple');
    return { kind: 'write', apply };
  }
  const decide = () => decideForTuple(ports, context, request, behaviour);
  // The row is replaced anyway, so skip the first lookup.
  return behaviour === 'renew' || renewsJwts(ports, request.client)
    ? { kind: 'write', apply: () => resolveDecision(decide()) }
    : decideAgainInTransaction(decide);
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
  const rule = ruleFor(ports, request.client, behaviour, candidate);
  const reused = rule === 'reused' ? reuse(ports, context, request, candidate) : undefined;
  if (reused !== undefined) return { kind: 'answer', answer: reused };
  const issueRule = rule === 'reused' ? 'issued_value_not_kept' : rule;
  return { kind: 'write', apply: () => issueNew(ports, context.atMs, request, tuple, issueRule, candidate) };
};

type IssueRule = Exclude<Extract<Rule, `issued_${string}`>, 'issued_regenerated'>;

const ruleFor = (
  ports: Ports,
  client: Client,
  behaviour: Exclude<IssueBehaviour, 'multiple'>,
  candidate: Candidate,
) => {
  const settings = ports.store.settings.read();
  const newJwt = renewsJwts(ports, client);
  // Row 49: with hashes only, no value can be returned, expired or not.
  if (settings.tokenPersistence === 'hashed' && behaviour === 'reuse' && !newJwt) return 'issued_value_not_kept';
  if (candidate.remainingMs <= expiryThresholdMs) return 'issued_after_expiry';
  if (behaviour === 'renew') return 'issued_renew';
  if (newJwt) return 'issued_new_jwt';
  if (candidate.row.format !== client.keySet.tokenFormat) return 'issued_format_changed';
  // The documentation reuses a never-expiring token even when its refresh token has expired (reference 2.7).
  if (candidate.remainingMs === Number.POSITIVE_INFINITY) {
    return settings.infiniteUserTokenReuse || candidate.refresh === undefined
      ? 'reused'
      : 'issued_never_expiring_renewed';
  }
  return candidate.refresh !== undefined && candidate.refresh.remainingMs <= expiryThresholdMs
    ? 'issued_refresh_token_dead'
    : 'reused';
};

/** Returns a live token again; undefined where one of its values is stored as a hash only. */
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
  const decision = new ReuseDecision(context.atMs, request, candidate);
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
  ...(request.validitySeconds !== undefined && { chosenValiditySeconds: request.validitySeconds }),
  ...(request.scopes.dropped.length > 0 && { scopesDropped: [...request.scopes.dropped] }),
});

/** The state that the replaced row gets, by the rule that replaces it. */
const retiringFor = (rule: IssueRule, client: Client, candidate: Candidate): Retiring => {
  switch (rule) {
    case 'issued_renew':
      return { candidate, state: 'REVOKED', rule: 'retired_renewed' };
    case 'issued_new_jwt':
      return { candidate, state: replacedState(client), rule: 'retired_renewed' };
    case 'issued_format_changed':
      return { candidate, state: 'REVOKED', rule: 'retired_format_changed' };
    case 'issued_value_not_kept':
      return { candidate, state: 'INACTIVE', rule: 'retired_value_not_kept' };
    case 'issued_never_expiring_renewed':
      return { candidate, state: 'EXPIRED', rule: 'retired_renewed' };
    default:
      return { candidate, state: 'EXPIRED', rule: 'retired_expired' };
  }
};

/**
 * The refresh token that the new row takes over from the replaced one (reference 2.6). It must outlive the new token,
 * and its value must be known. With `renew` the setting `renewRefreshTokenToo` prevents this.
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
    ...{ tuple, client: request.client, user: request.user },
    grantType: request.grantType,
    validityMs,
    refresh: carried ?? newRefreshFor(request),
    retiring: candidate ? [retiringFor(rule, request.client, candidate)] : [],
    reason: carried ? { ...reason, refreshTokenKept: true } : reason,
  });
};

/** Revokes the tuple's live tokens and issues a new one (reference 6.2, row 36). Must run in a transaction. */
export const regenerate = (ports: Ports, context: RequestContext, request: IssueRequest): TokenAnswer => {
  const { atMs } = context;
  const { keySet } = request.client;
  const tuple = tupleOf(request, keySet.issueBehaviour === 'multiple' ? ports.random.uuid() : 'NONE');
  const live = liveRows(ports, request, tuple).map((row) => examine(ports, row, atMs));
  return insert(ports, atMs, {
    ...{ tuple, client: request.client, user: request.user },
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
