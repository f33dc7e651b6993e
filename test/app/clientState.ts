import assert from 'node:assert/strict';
import { type Keys, tester } from '../helpers/filled.ts';
import type { Issued, OAuthClient } from '../helpers/oauthClient.ts';
import type { Chance } from '../helpers/seeded.ts';

const requestsInFlight = 24;

/** `pending`: a revocation or refresh was sent and not answered. */
export interface UserToken extends Issued {
  state: 'live' | 'pending' | 'dead';
}

/** The tokens that a client knows from complete replies. */
export interface ClientState {
  /** One token per device. */
  readonly userTokens: UserToken[];
  /** Application tokens of one tuple; each replaced the one before. */
  readonly renewed: string[];
  /** Application tokens of one tuple under `reuse`. */
  readonly reused: Set<string>;
}

export const newClientState = (): ClientState => ({ userTokens: [], renewed: [], reused: new Set() });

const applicationToken = { grant_type: 'client_credentials' };

/** Sends a random request and records its reply. Rejects without a reply. */
async function request(client: OAuthClient, keys: Keys, known: ClientState, chance: Chance): Promise<void> {
  const { userTokens, renewed, reused } = known;
  const live = userTokens.filter(({ state }) => state === 'live');
  const picked = live[chance(live.length)];
  const kind = chance(100);
  if (kind < 10) {
    reused.add((await client.token(applicationToken, keys.reusing)).accessToken);
  } else if (kind < 25) {
    renewed.push((await client.token(applicationToken, keys.renewing)).accessToken);
  } else if (kind < 40 && picked?.refreshToken !== undefined) {
    picked.state = 'pending';
    const issued = await client.token({ grant_type: 'refresh_token', refresh_token: picked.refreshToken });
    picked.state = 'dead';
    userTokens.push({ ...issued, state: 'live' });
  } else if (kind < 55 && picked !== undefined) {
    picked.state = 'pending';
    const { status, body } = await client.post('/revoke', { token: picked.accessToken });
    assert.equal(status, 200, body);
    picked.state = 'dead';
  } else {
    const scope = `device_${userTokens.length}_${chance(1_000_000_000)}`;
    const issued = await client.token({ grant_type: 'password', ...tester, scope });
    userTokens.push({ ...issued, state: 'live' });
  }
}

/** The error of a connection to a killed server. */
const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^E(CONN|PIPE)/.test(String(error.code));

/** Keeps requests in flight until the server is killed. Calls back with the number of replies after each. */
export async function requestUntilGone(
  client: OAuthClient,
  keys: Keys,
  known: ClientState,
  { chance, onReply }: { readonly chance: Chance; readonly onReply: (replies: number) => void },
): Promise<void> {
  let replies = 0;
  const worker = async () => {
    for (;;) {
      try {
        await request(client, keys, known, chance);
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
 * Compares the client's knowledge with introspection, for these user tokens and all application tokens. A pending change may have
 * happened or not; introspection settles it.
 */
export async function compare(
  client: OAuthClient,
  known: ClientState,
  userTokens: readonly UserToken[],
): Promise<void> {
  const { renewed, reused } = known;
  const values = [...userTokens.map(({ accessToken }) => accessToken), ...renewed, ...reused];
  const active = await activeAmong(client, values);
  for (const token of userTokens) {
    const state = active.has(token.accessToken) ? 'live' : 'dead';
    if (token.state !== 'pending') assert.equal(state, token.state, 'a change that was answered is gone');
    token.state = state;
  }
  assert.ok(renewed.filter((token) => active.has(token)).length <= 1, 'two tokens of one tuple are active');
  for (const token of reused) assert.ok(active.has(token), 'the token that is handed out again is gone');
}
