import assert from 'node:assert/strict';
import { type Keys, tester } from '../helpers/filled.ts';
import type { Issued, OAuthClient } from '../helpers/oauthClient.ts';
import type { Chance } from '../helpers/seeded.ts';

const requestsInFlight = 24;

/** `asked`: to be revoked or refreshed, and no reply has said that it was. */
export interface UserToken extends Issued {
  state: 'live' | 'asked' | 'dead';
}

/** What a client was told, in replies that arrived in full. */
export interface Ledger {
  /** One per device. */
  readonly userTokens: UserToken[];
  /** Application tokens of one tuple; each took the place of another. */
  readonly renewed: string[];
  /** Application tokens of one tuple that are handed out again. */
  readonly reused: Set<string>;
}

export const emptyLedger = (): Ledger => ({ userTokens: [], renewed: [], reused: new Set() });

const applicationToken = { grant_type: 'client_credentials' };

/** One request of a kind that chance picks; what its reply says goes into the ledger. Rejects when there is no reply. */
async function ask(client: OAuthClient, keys: Keys, ledger: Ledger, chance: Chance): Promise<void> {
  const { userTokens, renewed, reused } = ledger;
  const live = userTokens.filter(({ state }) => state === 'live');
  const picked = live[chance(live.length)];
  const kind = chance(100);
  if (kind < 10) {
    reused.add((await client.token(applicationToken, keys.reusing)).accessToken);
  } else if (kind < 25) {
    renewed.push((await client.token(applicationToken, keys.renewing)).accessToken);
  } else if (kind < 40 && picked?.refreshToken !== undefined) {
    picked.state = 'asked';
    const issued = await client.token({ grant_type: 'refresh_token', refresh_token: picked.refreshToken });
    picked.state = 'dead';
    userTokens.push({ ...issued, state: 'live' });
  } else if (kind < 55 && picked !== undefined) {
    picked.state = 'asked';
    const { status, body } = await client.post('/revoke', { token: picked.accessToken });
    assert.equal(status, 200, body);
    picked.state = 'dead';
  } else {
    const scope = `device_${userTokens.length}_${chance(1_000_000_000)}`;
    const issued = await client.token({ grant_type: 'password', ...tester, scope });
    userTokens.push({ ...issued, state: 'live' });
  }
}

/** What a killed server leaves of a connection. */
const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^E(CONN|PIPE)/.test(String(error.code));

/** Keeps requests in flight until the server is gone, and tells the number of replies so far after each. */
export async function askUntilGone(
  client: OAuthClient,
  keys: Keys,
  ledger: Ledger,
  { chance, onReply }: { readonly chance: Chance; readonly onReply: (replies: number) => void },
): Promise<void> {
  let replies = 0;
  const worker = async () => {
    for (;;) {
      try {
        await ask(client, keys, ledger, chance);
      } catch (error) {
        if (isCut(error)) return;
        throw error;
      }
      replies += 1;
      onReply(replies);
    }
  };
  await Promise.all(Array.from({ length: requestsInFlight }, worker));
}

async function activeAmong(client: OAuthClient, tokens: readonly string[]): Promise<ReadonlySet<string>> {
  const active = new Set<string>();
  const left = [...tokens];
  const worker = async () => {
    for (let token = left.pop(); token !== undefined; token = left.pop()) {
      if (await client.isActive(token)) active.add(token);
    }
  };
  await Promise.all(Array.from({ length: requestsInFlight }, worker));
  return active;
}

/**
 * Holds what the ledger says against introspection, of these user tokens and of all application tokens. What was asked
 * for and not answered may have come to be or not; from then on it is settled.
 */
export async function compare(client: OAuthClient, ledger: Ledger, userTokens: readonly UserToken[]): Promise<void> {
  const { renewed, reused } = ledger;
  const values = [...userTokens.map(({ accessToken }) => accessToken), ...renewed, ...reused];
  const active = await activeAmong(client, values);
  for (const token of userTokens) {
    const state = active.has(token.accessToken) ? 'live' : 'dead';
    if (token.state !== 'asked') assert.equal(state, token.state, 'a change that was answered is gone');
    token.state = state;
  }
  assert.ok(renewed.filter((token) => active.has(token)).length <= 1, 'two tokens of one tuple are active');
  for (const token of reused) assert.ok(active.has(token), 'the token that is handed out again is gone');
}
