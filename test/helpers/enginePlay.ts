import fc from 'fast-check';
import { OAuthError } from '../../main/engine/decisions/oauthError.ts';
import type { TokenRow } from '../../main/engine/ports/store/tokens.ts';
import type { Reason } from '../../preload/contract/audit.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { TokenPersistence } from '../../preload/contract/values.ts';
import { createShop, production, sandbox } from './engine.ts';

/** One action on tokens. `pick` chooses among the tokens issued so far. */
export type Move =
  | { readonly do: 'password'; readonly user: string; readonly scope: string; readonly sandbox: boolean }
  | { readonly do: 'application'; readonly scope: string; readonly validity: string }
  | { readonly do: 'refresh'; readonly pick: number; readonly scope: string }
  | { readonly do: 'revoke'; readonly pick: number; readonly by: 'accessToken' | 'refreshToken' }
  | { readonly do: 'regenerate'; readonly user: string | undefined; readonly scope: string }
  | { readonly do: 'setExpiry'; readonly pick: number; readonly inSeconds: number }
  | { readonly do: 'moveTo'; readonly seconds: number }
  | { readonly do: 'offset'; readonly seconds: number }
  | { readonly do: 'behaviour'; readonly value: 'reuse' | 'renew' | 'multiple' }
  | { readonly do: 'lifetime'; readonly user: number; readonly refresh: number }
  | { readonly do: 'switches'; readonly skew: number; readonly renewRefresh: boolean; readonly reuseInfinite: boolean }
  | { readonly do: 'disable' | 'enable' | 'setPassword'; readonly user: string }
  | { readonly do: 'delete' | 'restore' }
  | { readonly do: 'persistence'; readonly value: TokenPersistence }
  | { readonly do: 'purge'; readonly days: number };

const user = fc.constantFrom('admin', 'bob');
const scope = fc
  .array(fc.constantFrom('a', 'b', 'c', 'device_x', 'unknown'), { maxLength: 3 })
  .map((names) => names.join(' '));
const pick = fc.nat(1000);
const seconds = fc.oneof(
  fc.constantFrom(0, 1, 10, 3598.5, 3599, 3599.2, 3700, 84_000, 86_399, 86_500, 200_000),
  fc.nat(100_000),
);
const lifetime = fc.constantFrom(-1, 1, 60, 3600, 100_000);

const requests: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('password'), user, scope, sandbox: fc.boolean() }),
  fc.record({ do: fc.constant('application'), scope, validity: fc.constantFrom('', '60', '-1', '-2') }),
  fc.record({ do: fc.constant('refresh'), pick, scope: fc.oneof(fc.constant(''), scope) }),
);

/** Mostly requests, so that they affect each other, and sometimes a change of their world. */
export const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: requests },
    {
      weight: 2,
      arbitrary: fc.oneof<fc.Arbitrary<Move>[]>(
        fc.record({ do: fc.constant('moveTo'), seconds }),
        fc.record({ do: fc.constant('revoke'), pick, by: fc.constantFrom('accessToken', 'refreshToken') }),
        fc.record({ do: fc.constant('regenerate'), user: fc.option(user, { nil: undefined }), scope }),
        fc.record({ do: fc.constant('behaviour'), value: fc.constantFrom('reuse', 'renew', 'multiple') }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.oneof<fc.Arbitrary<Move>[]>(
        fc.record({ do: fc.constant('offset'), seconds: fc.integer({ min: -100_000, max: 100_000 }) }),
        fc.record({ do: fc.constant('setExpiry'), pick, inSeconds: fc.nat(4000) }),
        fc.record({ do: fc.constant('lifetime'), user: lifetime, refresh: lifetime }),
        fc.record({
          do: fc.constant('switches'),
          skew: fc.constantFrom(0, 300),
          renewRefresh: fc.boolean(),
          reuseInfinite: fc.boolean(),
        }),
        fc.record({ do: fc.constantFrom('disable', 'enable', 'setPassword'), user }),
        fc.record({ do: fc.constantFrom('delete', 'restore') }),
        fc.record({ do: fc.constant('persistence'), value: fc.constantFrom('encrypted', 'hashed') }),
        fc.record({ do: fc.constant('purge'), days: fc.constantFrom(0, 1) }),
      ),
    },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** The result of a move: a token, a refusal, or neither. */
export type Outcome =
  | {
      readonly kind: 'token';
      readonly tokenId: number;
      readonly accessToken: string;
      readonly refreshToken: string | undefined;
      readonly expiresInSeconds: number | null;
      readonly reason: Reason;
    }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }
  | { readonly kind: 'done' };

type Rows = ReadonlyMap<number, TokenRow>;

/** A move, with all rows before and after it. */
export interface Step {
  readonly move: Move;
  readonly before: Rows;
  readonly after: Rows;
  readonly outcome: Outcome;
}

type World = Awaited<ReturnType<typeof createShop>>;

/** Plays the moves in a new world, and passes each step to `watch`. */
export async function play(
  moves: readonly Move[],
  watch: (step: Step, world: World) => void | Promise<void>,
): Promise<void> {
  const world = await createShop();
  try {
    await world.call('users.create', { username: 'root', password: 'root-secret', roles: ['admin'] });
    const issuedTokens: { readonly accessToken: string; readonly refreshToken: string | undefined }[] = [];
    const snapshot = (): Rows => new Map(world.store.tokens.list({}, 100_000).found.map((row) => [row.id, row]));
    let before = snapshot();
    for (const move of moves) {
      const outcome = await playMove(world, move, issuedTokens);
      if (outcome.kind === 'token') issuedTokens.push(outcome);
      const after = snapshot();
      await watch({ move, before, after, outcome }, world);
      before = after;
    }
  } finally {
    await world.close();
  }
}

const playMove = async (
  world: World,
  move: Move,
  issuedTokens: readonly { readonly accessToken: string; readonly refreshToken: string | undefined }[],
): Promise<Outcome> => {
  try {
    return await attempt(world, move, issuedTokens);
  } catch (error) {
    if (error instanceof OAuthError) return { kind: 'refused', error: error.error, description: error.message };
    if (error instanceof KeyfobError && error.details.oauth) {
      return { kind: 'refused', error: error.details.oauth.error, description: error.details.oauth.errorDescription };
    }
    if (error instanceof KeyfobError && (error.code === 'not_found' || error.code === 'refused'))
      return { kind: 'done' };
    throw error;
  }
};

const done: Outcome = { kind: 'done' };

const attempt = async (
  world: World,
  move: Move,
  issuedTokens: readonly { readonly accessToken: string; readonly refreshToken: string | undefined }[],
): Promise<Outcome> => {
  const { call, token } = world;
  const picked = 'pick' in move ? issuedTokens[move.pick % Math.max(issuedTokens.length, 1)] : undefined;
  switch (move.do) {
    case 'password': {
      const form = { grant_type: 'password', username: move.user, password: `${move.user}-secret`, scope: move.scope };
      return { kind: 'token', ...(await token(form, move.sandbox ? world.sandboxClient : world.client)) };
    }
    case 'application': {
      const form = { grant_type: 'client_credentials', scope: move.scope, validity_period: move.validity };
      return { kind: 'token', ...(await token(form)) };
    }
    case 'refresh': {
      if (picked?.refreshToken === undefined) return done;
      const form = { grant_type: 'refresh_token', refresh_token: picked.refreshToken, scope: move.scope };
      return { kind: 'token', ...(await token(form)) };
    }
    case 'revoke': {
      const value = picked?.[move.by];
      if (value !== undefined) await world.revoke({ token: value });
      return done;
    }
    case 'regenerate': {
      const { id, refreshToken, ...issued } = await call('tokens.regenerate', {
        ...production,
        username: move.user,
        scope: move.scope,
      });
      return { kind: 'token', tokenId: id, refreshToken, ...issued };
    }
    case 'setExpiry':
      if (picked) await call('tokens.setExpiry', { token: picked.accessToken, inSeconds: move.inSeconds });
      return done;
    case 'moveTo':
      world.moveTo(move.seconds);
      return done;
    case 'offset':
      await call('settings.write', { clockOffsetSeconds: move.seconds });
      return done;
    case 'behaviour':
      await call('keys.update', { ...production, issueBehaviour: move.value });
      return done;
    case 'lifetime':
      for (const keys of [production, sandbox]) {
        await call('keys.update', {
          ...keys,
          userTokenValiditySeconds: move.user,
          refreshTokenValiditySeconds: move.refresh,
        });
      }
      return done;
    case 'switches':
      await call('settings.write', {
        skewSeconds: move.skew,
        renewRefreshToken: move.renewRefresh,
        infiniteUserTokenReuse: move.reuseInfinite,
      });
      return done;
    case 'disable':
    case 'enable':
      await call(`users.${move.do}`, { user: move.user });
      return done;
    case 'setPassword':
      await call('users.setPassword', { user: move.user, password: `${move.user}-secret` });
      return done;
    case 'delete':
      await call('applications.delete', { application: 'Shop' });
      return done;
    case 'persistence':
      await call('settings.write', { tokenPersistence: move.value });
      await world.transact(() => world.engine.dropTokenValues());
      return done;
    case 'purge':
      await call('tokens.purge', { olderThanDays: move.days });
      return done;
    case 'restore':
      await call('applications.restore', { application: '1' });
      return done;
  }
};
