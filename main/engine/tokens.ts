import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import { demandActive, demandGrant } from './clients.ts';
import { explainToken } from './explainToken.ts';
import { decideRefresh } from './grants/refreshToken.ts';
import { meet, metOf } from './meeting.ts';
import { asIssuedToken, carryOut, forOperator, issueForOperator } from './operator.ts';
import type { Ports } from './ports.ts';
import { findToken, findUser } from './references.ts';
import { revokeRows, tokensChanged } from './retire.ts';
import { isRevocable } from './revocation.ts';
import { deviceOf, deviceScope } from './scopeAlgebra.ts';
import type { TokenRow } from './storePort.ts';
import { keySetIdsOf, pages } from './tokenQueries.ts';
import { tokenView } from './tokenView.ts';

export const tokenHandlers = (ports: Ports): Handlers['tokens'] => ({
  issue: (input) => issueForOperator(ports, input),
  regenerate: (input) => issueForOperator(ports, input, true),
  refresh: ({ token }) => {
    const { row, client } = findToken(ports, token);
    const { refreshTokenId } = row;
    if (refreshTokenId === null) {
      throw new KeyfobError(
        'refused',
        `Token ${row.id} has no refresh token, as application tokens have none; issue one again instead.`,
      );
    }
    return forOperator(ports, (inquiry) => {
      inquiry.client = client;
      demandActive(inquiry, client);
      demandGrant(inquiry, client, 'refresh_token');
      const value = ports.store.refreshTokens.reveal(refreshTokenId);
      return asIssuedToken(carryOut(decideRefresh(ports, inquiry, client, value, '')));
    });
  },
  list: ({ application, keyType, user, state, scope, userType, grantType, cursor, limit }) => {
    const rows = ports.store.tokens.list({
      keySetIds: keySetIdsOf(ports, application, keyType),
      userId: user === undefined ? undefined : findUser(ports, user).id,
      state,
      scope,
      userType,
      grantType,
      beforeId: cursor,
      limit: limit + 1,
    });
    const items = rows.slice(0, limit).map((row) => tokenView(ports, row));
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, nextCursor: last.id } : { items };
  },
  read: ({ token }) => tokenView(ports, findToken(ports, token).row),
  reveal: ({ token }) => {
    const { id, refreshTokenId } = findToken(ports, token).row;
    const accessToken = ports.store.tokens.reveal(id);
    return refreshTokenId === null
      ? { id, accessToken }
      : { id, accessToken, refreshToken: ports.store.refreshTokens.reveal(refreshTokenId) };
  },
  explain: ({ token }) => explainToken(ports, findToken(ports, token).row),
  revoke: ({ token }) => {
    const { row } = findToken(ports, token);
    const revoked = isRevocable(row);
    if (revoked) revokeRows(ports, [row], 'retired_revoked');
    return { id: row.id, revoked, token: tokenView(ports, ports.store.tokens.byId(row.id) ?? row) };
  },
  revokeAll: ({ application, keyType, user, device }) => {
    const live: TokenRow[] = [];
    const filter = {
      keySetIds: keySetIdsOf(ports, application, keyType),
      userId: user === undefined ? undefined : findUser(ports, user).id,
      state: 'ACTIVE',
      scope: device === undefined ? undefined : deviceScope(device),
    } as const;
    for (const page of pages(ports, filter)) {
      live.push(...page.filter(({ scope }) => device === undefined || deviceOf(scope) === device));
    }
    return { revoked: revokeRows(ports, live, 'retired_revoked') };
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
    const reason = { rule: 'end_set', atMs, met: metOf(meet(ports, row, atMs)) } as const;
    ports.store.tokens.setValidity(row.id, validityMs, atMs, reason);
    tokensChanged(ports, [row.id]);
    return tokenView(ports, { ...row, validityMs });
  },
});
