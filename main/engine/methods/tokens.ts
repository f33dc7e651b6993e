import type { OutputOf, ParsedInputOf, Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Contract, Handlers } from '../../../preload/contract/index.ts';
import type { IssuedToken, Token } from '../../../preload/contract/tokens.ts';
import type { TokenState } from '../../../preload/contract/values.ts';
import { livingClient } from '../clients/client.ts';
import { demandActive, demandGrant } from '../clients/clientRules.ts';
import { resolveDecision } from '../decisions/decided.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import { findToken } from '../references.ts';
import { describeCandidate, examine } from '../tokens/candidate.ts';
import { countPurgeable, purgeTokens } from '../tokens/purge.ts';
import { decideRefresh } from '../tokens/refresh.ts';
import { isRevocable, revokeRows, tokensChanged } from '../tokens/retire.ts';
import { revealAccessToken, revealRefreshToken } from '../tokens/tokenValues.ts';
import { authorize } from './calls/authorize.ts';
import { nextExpiries } from './shared/expiries.ts';
import { explainToken } from './shared/explainToken.ts';
import { asIssuedToken, forPerson, issueForPerson } from './shared/issueForPerson.ts';
import { csvHeader, csvLines } from './shared/tokenCsv.ts';
import { loggedUses, orderedIds, withLastUse } from './shared/tokenOrder.ts';
import { revokedPerStep, revokeMatching, searchAll, tokenFilterOf } from './shared/tokenQueries.ts';
import { tokenPage, tokenView } from './shared/tokenView.ts';

type Methods = Contract['tokens'];
type Steps<M extends keyof Methods> = Generator<Progress, OutputOf<Methods[M]>, void>;

/** A row needs its application, user and reuses, perhaps decryption too: a step takes a few milliseconds. */
const rowsPerStep = 100;

/** The existing rows with these ids, without those of deleted applications. */
const livingRows = (ports: Ports, ids: readonly number[]): readonly TokenRow[] =>
  ids
    .map((id) => ports.store.tokens.byId(id))
    .filter((row) => row !== undefined)
    .filter(({ keySetId }) => livingClient(ports, ports.store.keySets.byId(keySetId)) !== undefined);

/** Maps the rows with these ids through `view`, in steps. */
function* viewMany<T>(
  ports: Ports,
  ids: readonly number[],
  view: (row: TokenRow) => T,
): Generator<Progress, { items: T[] }, void> {
  const items: T[] = [];
  for (let done = 0; done < ids.length; done += rowsPerStep) {
    if (done > 0) yield { done, total: ids.length };
    items.push(...livingRows(ports, ids.slice(done, done + rowsPerStep)).map(view));
  }
  return { items };
}

/** Refreshes by a value or an id. Throws `not_found`, and `refused` with the endpoint's refusal. */
const refresh = (ports: Ports, token: string): IssuedToken => {
  const { refreshTokens } = ports.store;
  const { row, client } = findToken(ports, token);
  const refreshToken = row.refreshTokenId === null ? undefined : refreshTokens.byId(row.refreshTokenId);
  if (refreshToken === undefined) {
    throw new KeyfobError(
      'refused',
      row.refreshTokenId === null
        ? `Token ${row.id} has no refresh token: application tokens have none. Issue a new token instead.`
        : `The refresh token of token ${row.id} was purged with a newer token that used it. Issue a new token instead.`,
    );
  }
  return forPerson(ports, (context) => {
    context.client = client;
    demandActive(context, client);
    demandGrant(context, client, 'refresh_token');
    const presented = refreshTokens.byValue(token) === undefined ? refreshToken : token;
    return asIssuedToken(resolveDecision(decideRefresh(ports, context, client, presented, '')));
  });
};

function* count(ports: Ports, selection: ParsedInputOf<Methods['count']>): Steps<'count'> {
  const filter = tokenFilterOf(ports, selection);
  const counts = yield* searchAll(ports, undefined, (beforeId) =>
    ports.store.tokens.countByState({ ...filter, beforeId }),
  );
  const sum = (state: TokenState) => counts.reduce((before, found) => before + found[state], 0);
  const byState = {
    ACTIVE: sum('ACTIVE'),
    INACTIVE: sum('INACTIVE'),
    EXPIRED: sum('EXPIRED'),
    REVOKED: sum('REVOKED'),
  };
  return { total: byState.ACTIVE + byState.INACTIVE + byState.EXPIRED + byState.REVOKED, byState };
}

function* exportCsv(ports: Ports, { cursor, limit, ...selection }: ParsedInputOf<Methods['export']>): Steps<'export'> {
  const filter = tokenFilterOf(ports, selection);
  let left = limit;
  let nextCursor: number | undefined;
  const parts = yield* searchAll(ports, cursor, (beforeId) => {
    const { items, nextCursor: more } = tokenPage(ports, filter, beforeId, Math.min(left, rowsPerStep));
    left -= items.length;
    nextCursor = more;
    return { found: csvLines(items, ports.clock.isoTime), olderThanId: left > 0 ? more : undefined };
  });
  const csv = `${csvHeader}${parts.join('')}`;
  return { csv, rows: limit - left, ...(nextCursor !== undefined && { nextCursor }) };
}

function* revealMany(ports: Ports, ids: readonly number[]): Steps<'revealMany'> {
  const reveal = ({ id }: TokenRow) => ({ id, accessToken: ports.store.tokens.reveal(id) });
  const { items: all } = yield* viewMany(ports, ids, reveal);
  return {
    items: all.flatMap(({ id, accessToken }) => (accessToken === undefined ? [] : [{ id, accessToken }])),
    notKept: all.flatMap(({ id, accessToken }) => (accessToken === undefined ? [id] : [])),
  };
}

function* revokeMany(ports: Ports, ids: readonly number[]): Steps<'revokeMany'> {
  const unique = [...new Set(ids)];
  const revoked: number[] = [];
  for (let done = 0; done < unique.length; done += revokedPerStep) {
    if (done > 0) yield { done, total: unique.length };
    const rows = livingRows(ports, unique.slice(done, done + revokedPerStep)).filter(isRevocable);
    revokeRows(ports, rows, 'retired_revoked');
    revoked.push(...rows.map(({ id }) => id));
  }
  return { revoked };
}

/** Sets when an ACTIVE token expires, in seconds from now. Throws `not_found`, `refused`. */
const setExpiry = (ports: Ports, token: string, inSeconds: number): Token => {
  const { row } = findToken(ports, token);
  const atMs = ports.clock.tokenTimeMs();
  const validityMs = atMs + inSeconds * 1000 - row.issuedAtMs;
  if (row.state !== 'ACTIVE') {
    const text = `Token ${row.id} is ${row.state} and stays so. Only an ACTIVE token's expiry can be set.`;
    throw new KeyfobError('refused', text);
  }
  // A negative lifetime would mean the opposite: never.
  if (validityMs < 0) {
    const text = `The clock is set to before token ${row.id} was issued, so it cannot expire then. Reset the clock, or revoke the token.`;
    throw new KeyfobError('refused', text);
  }
  const candidate = describeCandidate(examine(ports, row, atMs));
  const reason = { rule: 'expiry_set', atMs, candidate } as const;
  ports.store.tokens.setValidity(row.id, validityMs, { atMs, realTimeMs: ports.clock.realTimeMs(), reason });
  tokensChanged(ports, [row.id]);
  return tokenView(ports, { ...row, validityMs });
};

/** Decodes a JWT by its value or id. Throws `not_found`, `token_value_not_kept`, and `refused` for an opaque token. */
const decode = (ports: Ports, token: string): OutputOf<Methods['decode']> => {
  const { row } = findToken(ports, token);
  const isValue = ports.store.tokens.byValue(token) !== undefined;
  const decoded =
    row.format === 'opaque' ? undefined : ports.signingKeys.decode(isValue ? token : revealAccessToken(ports, row.id));
  if (decoded === undefined) {
    throw new KeyfobError('refused', `Token ${row.id} is opaque. Only a JWT has content to decode.`);
  }
  const { header, claims, key, isGood } = decoded;
  return { id: row.id, header: { ...header }, claims: { ...claims }, ...(key && { key }), signatureGood: isGood };
};

/** Throws `bad_input` where the named grant type does not fit the user. */
const demandFittingGrant = ({ grantType, username }: ParsedInputOf<Methods['issue']>): void => {
  if (grantType === 'authorization_code') {
    throw badInput(
      'grantType',
      'A person signs in for authorization_code. Use tokens.authorize, which waits for that.',
    );
  }
  if (grantType === 'password' && username === undefined)
    throw badInput('username', 'The grant password needs a user.');
  if (grantType === 'client_credentials' && username !== undefined) {
    throw badInput('grantType', 'The grant client_credentials has no user. Leave the user out.');
  }
};

/** Throws `bad_input` for a user token with a lifetime: the endpoint takes one for application tokens only. */
const demandNoLifetimeOfUser = ({
  username,
  validitySeconds,
}: ParsedInputOf<Methods['issue' | 'regenerate']>): void => {
  if (username === undefined || validitySeconds === undefined) return;
  throw badInput(
    'validitySeconds',
    'Only application tokens take a lifetime here. Leave it out, or mint for a device.',
  );
};

export const tokenHandlers = (ports: Ports): Handlers['tokens'] => ({
  issue: (input) => {
    demandFittingGrant(input);
    demandNoLifetimeOfUser(input);
    return issueForPerson(ports, input);
  },
  authorize: (input, watch) => authorize(ports, input, watch),
  regenerate: (input) => {
    demandNoLifetimeOfUser(input);
    return issueForPerson(ports, input, true);
  },
  refresh: ({ token }) => refresh(ports, token),
  list({ cursor, limit, ...selection }) {
    const { items, ...more } = tokenPage(ports, tokenFilterOf(ports, selection), cursor, limit);
    const uses = loggedUses(ports);
    return { items: items.map((token) => withLastUse(token, uses)), ...more };
  },
  count: (selection) => count(ports, selection),
  expiries: (input) => nextExpiries(ports, input),
  ids: ({ order, ascending, ...selection }) => orderedIds(ports, tokenFilterOf(ports, selection), { order, ascending }),
  readMany({ ids, last4 }) {
    const uses = loggedUses(ports);
    return viewMany(ports, ids, (row) => {
      const end = last4 ? ports.store.tokens.reveal(row.id)?.slice(-4) : undefined;
      return { ...withLastUse(tokenView(ports, row), uses), ...(end !== undefined && { last4: end }) };
    });
  },
  export: (input) => exportCsv(ports, input),
  read: ({ token }) => tokenView(ports, findToken(ports, token).row),
  reveal: ({ token }) => {
    const { row } = findToken(ports, token);
    const accessToken = revealAccessToken(ports, row.id);
    const refreshToken = revealRefreshToken(ports, row);
    return { id: row.id, accessToken, ...(refreshToken !== undefined && { refreshToken }) };
  },
  decode: ({ token }) => decode(ports, token),
  revealMany: ({ ids }) => revealMany(ports, ids),
  explain: ({ token }) => explainToken(ports, findToken(ports, token).row),
  revoke: ({ token }) => {
    const { row } = findToken(ports, token);
    const revoked = isRevocable(row);
    if (revoked) revokeRows(ports, [row], 'retired_revoked');
    return { id: row.id, revoked, token: tokenView(ports, ports.store.tokens.byId(row.id) ?? row) };
  },
  revokeMany: ({ ids }) => revokeMany(ports, ids),
  *revokeAll(selection) {
    const revoked = yield* revokeMatching(ports, tokenFilterOf(ports, selection));
    return { revoked: revoked.length };
  },
  *purgeable({ olderThanDays, ...selection }) {
    return { count: yield* countPurgeable(ports, tokenFilterOf(ports, selection), olderThanDays) };
  },
  *purge({ olderThanDays, ...selection }) {
    return { purged: yield* purgeTokens(ports, tokenFilterOf(ports, selection), olderThanDays) };
  },
  setExpiry: ({ token, inSeconds }) => setExpiry(ports, token, inSeconds),
});
