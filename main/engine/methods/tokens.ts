import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import type { TokenState } from '../../../preload/contract/values.ts';
import { livingClient } from '../clients/client.ts';
import { demandActive, demandGrant } from '../clients/clientRules.ts';
import { resolveDecision } from '../decisions/decided.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/tokenStore.ts';
import { findToken } from '../references.ts';
import { describeCandidate, examine } from '../tokens/candidate.ts';
import { countPurgeable, purgeTokens } from '../tokens/purge.ts';
import { decideRefresh } from '../tokens/refresh.ts';
import { isRevocable, revokeRows, tokensChanged } from '../tokens/retire.ts';
import { revealAccessToken, revealRefreshToken } from '../tokens/tokenValues.ts';
import { explainToken } from './explainToken.ts';
import { asIssuedToken, forPerson, issueForPerson } from './issueForPerson.ts';
import { csvHeader, csvLines } from './tokenCsv.ts';
import { revokedPerStep, revokeMatching, searchAll, tokenFilterOf } from './tokenQueries.ts';
import { tokenPage, tokenView } from './tokenView.ts';

const idsPerStep = 20_000;
/** Each is looked up with its application, user and reuses, and perhaps opened: a few milliseconds a step. */
const rowsPerStep = 100;

/** The rows of these ids that there are, those of deleted applications left out. */
const livingRows = (ports: Ports, ids: readonly number[]): readonly TokenRow[] =>
  ids
    .map((id) => ports.store.tokens.byId(id))
    .filter((row) => row !== undefined)
    .filter(({ keySetId }) => livingClient(ports, ports.store.keySets.byId(keySetId)) !== undefined);

/** What `view` makes of the rows of these ids, in steps. */
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

export const tokenHandlers = (ports: Ports): Handlers['tokens'] => ({
  issue: (input) => issueForPerson(ports, input),
  regenerate: (input) => issueForPerson(ports, input, true),
  refresh: ({ token }) => {
    const { row, client } = findToken(ports, token);
    const refresh = row.refreshTokenId === null ? undefined : ports.store.refreshTokens.byId(row.refreshTokenId);
    if (refresh === undefined) {
      throw new KeyfobError(
        'refused',
        row.refreshTokenId === null
          ? `Token ${row.id} has no refresh token, as application tokens have none; issue one again instead.`
          : `The refresh token of token ${row.id} was purged with a later token that had it; issue one again instead.`,
      );
    }
    return forPerson(ports, (context) => {
      context.client = client;
      demandActive(context, client);
      demandGrant(context, client, 'refresh_token');
      const presented = ports.store.refreshTokens.byValue(token) === undefined ? refresh : token;
      return asIssuedToken(resolveDecision(decideRefresh(ports, context, client, presented, '')));
    });
  },
  list: ({ cursor, limit, ...asked }) => tokenPage(ports, tokenFilterOf(ports, asked), cursor, limit),
  *count(asked) {
    const filter = tokenFilterOf(ports, asked);
    const counts = yield* searchAll(ports, undefined, (beforeId) =>
      ports.store.tokens.countByState({ ...filter, beforeId }),
    );
    const sum = (state: TokenState) => counts.reduce((before, count) => before + count[state], 0);
    const byState = {
      ACTIVE: sum('ACTIVE'),
      INACTIVE: sum('INACTIVE'),
      EXPIRED: sum('EXPIRED'),
      REVOKED: sum('REVOKED'),
    };
    return { total: byState.ACTIVE + byState.INACTIVE + byState.EXPIRED + byState.REVOKED, byState };
  },
  *ids(asked) {
    const filter = tokenFilterOf(ports, asked);
    const pages = yield* searchAll(ports, undefined, (beforeId) =>
      ports.store.tokens.ids({ ...filter, beforeId }, idsPerStep),
    );
    return { ids: pages.flat() };
  },
  readMany: ({ ids, last4 }) =>
    viewMany(ports, ids, (row) => {
      const end = last4 ? ports.store.tokens.reveal(row.id)?.slice(-4) : undefined;
      return { ...tokenView(ports, row), ...(end !== undefined && { last4: end }) };
    }),
  *export({ cursor, limit, ...asked }) {
    const filter = tokenFilterOf(ports, asked);
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
  },
  read: ({ token }) => tokenView(ports, findToken(ports, token).row),
  reveal: ({ token }) => {
    const { row } = findToken(ports, token);
    const accessToken = revealAccessToken(ports, row.id);
    const refreshToken = revealRefreshToken(ports, row);
    return { id: row.id, accessToken, ...(refreshToken !== undefined && { refreshToken }) };
  },
  *revealMany({ ids }) {
    const reveal = ({ id }: TokenRow) => ({ id, accessToken: ports.store.tokens.reveal(id) });
    const { items: all } = yield* viewMany(ports, ids, reveal);
    return {
      items: all.flatMap(({ id, accessToken }) => (accessToken === undefined ? [] : [{ id, accessToken }])),
      notKept: all.flatMap(({ id, accessToken }) => (accessToken === undefined ? [id] : [])),
    };
  },
  explain: ({ token }) => explainToken(ports, findToken(ports, token).row),
  revoke: ({ token }) => {
    const { row } = findToken(ports, token);
    const revoked = isRevocable(row);
    if (revoked) revokeRows(ports, [row], 'retired_revoked');
    return { id: row.id, revoked, token: tokenView(ports, ports.store.tokens.byId(row.id) ?? row) };
  },
  *revokeMany({ ids }) {
    const asked = [...new Set(ids)];
    const revoked: number[] = [];
    for (let done = 0; done < asked.length; done += revokedPerStep) {
      if (done > 0) yield { done, total: asked.length };
      const rows = livingRows(ports, asked.slice(done, done + revokedPerStep)).filter(isRevocable);
      revokeRows(ports, rows, 'retired_revoked');
      revoked.push(...rows.map(({ id }) => id));
    }
    return { revoked };
  },
  *revokeAll(asked) {
    const revoked = yield* revokeMatching(ports, tokenFilterOf(ports, asked));
    return { revoked: revoked.length };
  },
  *purgeable({ olderThanDays, ...asked }) {
    return { count: yield* countPurgeable(ports, tokenFilterOf(ports, asked), olderThanDays) };
  },
  *purge({ olderThanDays, ...asked }) {
    return { purged: yield* purgeTokens(ports, tokenFilterOf(ports, asked), olderThanDays) };
  },
  setEnd: ({ token, inSeconds }) => {
    const { row } = findToken(ports, token);
    const atMs = ports.clock.tokenTimeMs();
    const validityMs = atMs + inSeconds * 1000 - row.issuedAtMs;
    if (row.state !== 'ACTIVE') {
      throw new KeyfobError(
        'refused',
        `Token ${row.id} is ${row.state} and stays so; only an ACTIVE one has an end to set.`,
      );
    }
    // A negative lifetime would mean the opposite: never.
    if (validityMs < 0) {
      throw new KeyfobError(
        'refused',
        `The clock is moved to before token ${row.id} was issued, so it cannot end then; reset the clock, or revoke the token.`,
      );
    }
    const reason = { rule: 'end_set', atMs, candidate: describeCandidate(examine(ports, row, atMs)) } as const;
    ports.store.tokens.setValidity(row.id, validityMs, { atMs, realTimeMs: ports.clock.realTimeMs(), reason });
    tokensChanged(ports, [row.id]);
    return tokenView(ports, { ...row, validityMs });
  },
});
