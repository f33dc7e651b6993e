import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TokenRow } from '../../main/engine/ports/store/tokens.ts';
import type { Reason } from '../../preload/contract/audit.ts';
import { createShop, production } from '../helpers/engine.ts';
import { type Move, moves, play, type Step } from '../helpers/enginePlay.ts';

const tupleOf = ({ keySetId, userId, userType, scope, bindingRef }: TokenRow): string =>
  JSON.stringify([keySetId, userId, userType, scope, bindingRef]);

type Watch = Parameters<typeof play>[1];
type World = Parameters<Watch>[1];

/** Plays many random games and checks each step. */
const always = (numRuns: number, watch: Watch, examples: [Move[]][] = []): Promise<void> =>
  fc.assert(
    fc.asyncProperty(moves, (chosen) => play(chosen, watch)),
    { numRuns, examples },
  );

test('at most one ACTIVE row per tuple, after any sequence of requests', async () => {
  await always(12, ({ after }) => {
    const live = [...after.values()].filter(({ state }) => state === 'ACTIVE').map(tupleOf);
    assert.equal(new Set(live).size, live.length);
    for (const { state, stateId } of after.values()) assert.equal(stateId === 'NONE', state === 'ACTIVE');
  });
});

test('a retired token never validates again, at any clock', async () => {
  const root = { basic: { id: 'root', secret: 'root-secret' } };
  const clocks = [-100_000, 0, 3599, 100_000];
  const game = fc.asyncProperty(moves, async (chosen) => {
    const retired = new Set<number>();
    const values = new Map<number, string>();
    await play(chosen, ({ before, after, outcome, move }, world) => {
      for (const { id, state } of after.values()) if (state !== 'ACTIVE') retired.add(id);
      for (const [id, { state }] of before) {
        if (move.do === 'purge' && !after.has(id)) assert.notEqual(state, 'ACTIVE');
      }
      if (outcome.kind === 'token') {
        assert.ok(!retired.has(outcome.tokenId), 'a retired token was handed out');
        values.set(outcome.tokenId, outcome.accessToken);
      }
      const check = () => {
        for (const id of retired) {
          assert.notEqual(after.get(id)?.state, 'ACTIVE');
          const value = values.get(id);
          if (value !== undefined) assert.deepEqual(world.introspect(value, root), { active: false });
        }
      };
      check();
      if (move.do !== 'moveTo') return;
      for (const seconds of clocks) {
        world.moveTo(seconds);
        check();
      }
      world.moveTo(move.seconds);
    });
  });
  await fc.assert(game, { numRuns: 12 });
});

test('a purge deletes no working token, and revives none', async () => {
  let purged = 0;
  const game = fc.asyncProperty(moves, async (chosen) => {
    const handedOut: { readonly accessToken: string; readonly refreshToken: string | undefined }[] = [];
    await play(chosen, async ({ outcome }, world) => {
      if (outcome.kind === 'token') handedOut.push(outcome);
      const works = (refreshToken: string) =>
        [world.client, world.sandboxClient].some((client) => {
          const parameters = new Map([
            ['grant_type', 'refresh_token'],
            ['refresh_token', refreshToken],
          ]);
          try {
            return world.engine.oauth.token({ parameters, credentials: { basic: client } }).kind === 'write';
          } catch {
            return false;
          }
        });
      const verdicts = () => {
        const root = { basic: { id: 'root', secret: 'root-secret' } };
        return handedOut.map(({ accessToken, refreshToken = '' }) => [
          world.introspect(accessToken, root).active,
          works(refreshToken),
        ]);
      };
      const before = verdicts();
      purged += (await world.call('tokens.purge', { olderThanDays: 0 })).purged;
      assert.deepEqual(verdicts(), before);
    });
  });
  await fc.assert(game, { numRuns: 12 });
  assert.ok(purged > 0);
});

test('order and repetition of scopes never matter', async () => {
  const world = await createShop();
  try {
    const name = fc.constantFrom('a', 'b', 'c', 'device_x', 'device_y', 'openid', 'default', 'unknown', 'A');
    const blank = fc.constantFrom(' ', '  ', '\t', '\n');
    const asked = fc.array(name, { maxLength: 6 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        shuffled: fc.shuffledSubarray(names, { minLength: names.length }),
        again: fc.subarray(names),
        blank,
      }),
    );
    const property = fc.asyncProperty(asked, fc.boolean(), async ({ names, shuffled, again, blank }, forUser) => {
      const form = forUser
        ? { grant_type: 'password', username: 'bob', password: 'bob-secret' }
        : { grant_type: 'client_credentials' };
      const one = await world.token({ ...form, scope: names.join(' ') });
      const other = await world.token({ ...form, scope: `${blank}${[...shuffled, ...again].join(blank)}${blank}` });
      assert.equal(other.accessToken, one.accessToken);
      assert.equal(other.scope, one.scope);
      assert.equal(one.scope, [...new Set(one.scope.split(' '))].sort().join(' '));
    });
    await fc.assert(property, { numRuns: 100 });
  } finally {
    await world.close();
  }
});

test('N devices get N different tokens, and revoking any one leaves N-1 active', async () => {
  const world = await createShop();
  try {
    const device = fc.stringMatching(/^[A-Za-z0-9._-]{1,53}$/);
    const devices = fc.uniqueArray(device, { minLength: 1, maxLength: 120 });
    const property = fc.asyncProperty(devices, fc.nat(1000), fc.boolean(), async (names, pick, forUser) => {
      await world.call('tokens.revokeAll', { application: 'Shop' });
      const owner = { ...production, username: forUser ? 'bob' : undefined };
      const { items } = await world.call('devices.mint', { ...owner, device: names });
      assert.deepEqual(
        items.map((item) => item.device),
        names,
      );
      assert.equal(new Set(items.map(({ accessToken }) => accessToken)).size, names.length);
      const victim = items[pick % items.length];
      assert.ok(victim);
      assert.deepEqual(await world.call('devices.revoke', { ...owner, device: victim.device }), {
        revoked: [victim.id],
      });
      const live = items.filter(({ accessToken }) => world.introspect(accessToken).active);
      assert.deepEqual(
        live,
        items.filter((item) => item !== victim),
      );
    });
    await fc.assert(property, { numRuns: 15 });
  } finally {
    await world.close();
  }
});

/** The remaining milliseconds of a row at the token time of the reason. */
const leftAt = (
  reason: Reason,
  skewSeconds: number,
  { issuedAtMs, validityMs }: Pick<TokenRow, 'issuedAtMs' | 'validityMs'>,
) => (validityMs < 0 ? Number.POSITIVE_INFINITY : issuedAtMs + validityMs + skewSeconds * 1000 - reason.atMs);

const checkIssued = ({ before, after, outcome }: Step, world: World): void => {
  assert.equal(outcome.kind, 'token');
  const { reason, tokenId } = outcome;
  const { rule, candidate } = reason;
  const row = after.get(tokenId);
  assert.ok(row);
  const skew = world.store.settings.read().skewSeconds;
  const keySet = world.store.keySets.byId(row.keySetId);
  assert.ok(keySet);
  assert.equal(reason.tuple?.scope, row.scope);
  assert.equal(reason.tuple?.consumerKey, keySet.consumerKey);
  assert.equal(reason.tuple?.bindingRef, row.bindingRef);

  const standing = [...before.values()].find((other) => other.state === 'ACTIVE' && tupleOf(other) === tupleOf(row));
  const old = candidate && before.get(candidate.tokenId);
  const oldRefresh = old?.refreshTokenId ? world.store.refreshTokens.byId(old.refreshTokenId) : undefined;
  if (candidate && old) {
    assert.equal(candidate.state, old.state);
    const left = leftAt(reason, skew, old);
    assert.equal(candidate.secondsLeft, left === Number.POSITIVE_INFINITY ? null : left / 1000);
  }
  const isNew = !before.has(tokenId);
  assert.equal(isNew, rule !== 'reused');

  if (isNew) {
    assert.deepEqual(world.store.tokens.history(tokenId)[0]?.reason, reason);
    assert.equal(row.issuedAtMs, reason.atMs);
    const carried = oldRefresh !== undefined && row.refreshTokenId === oldRefresh.id;
    assert.equal(reason.refreshTokenKept ?? false, carried);
  } else {
    assert.deepEqual(after, before);
    assert.deepEqual(world.decisions.newest(1, false)[0]?.reason, reason);
  }

  /** Checks the candidate's next state and its history. */
  const fate = (state: string, retiredBy: string) => {
    assert.ok(old);
    assert.equal(after.get(old.id)?.state, state);
    assert.equal(reason.otherTokenId, old.id);
    const last = world.store.tokens.history(old.id).at(-1);
    assert.equal(last?.state, state);
    assert.equal(last?.reason.rule, retiredBy);
    assert.equal(last?.reason.otherTokenId, tokenId);
  };
  switch (rule) {
    case 'reused':
      assert.equal(candidate?.tokenId, tokenId);
      assert.ok(leftAt(reason, skew, row) > 1000);
      assert.equal(
        outcome.expiresInSeconds,
        candidate?.secondsLeft === null ? null : Math.floor(candidate?.secondsLeft ?? -1),
      );
      break;
    case 'issued_first':
      assert.equal(standing, undefined);
      assert.equal(candidate, undefined);
      break;
    case 'issued_after_expiry':
      assert.ok(old && leftAt(reason, skew, old) <= 1000);
      fate('EXPIRED', 'retired_expired');
      break;
    case 'issued_refresh_token_dead':
      assert.ok(old && leftAt(reason, skew, old) > 1000);
      assert.ok(oldRefresh && leftAt(reason, skew, oldRefresh) <= 1000);
      fate('EXPIRED', 'retired_expired');
      break;
    case 'issued_never_expiring_renewed':
      assert.ok(old && old.validityMs < 0);
      assert.equal(world.store.settings.read().infiniteUserTokenReuse, false);
      fate('EXPIRED', 'retired_renewed');
      break;
    case 'issued_renew':
      assert.equal(keySet.issueBehaviour, 'renew');
      fate('REVOKED', 'retired_renewed');
      break;
    case 'issued_multiple':
      assert.equal(keySet.issueBehaviour, 'multiple');
      for (const [id, was] of before) assert.deepEqual(after.get(id), was);
      break;
    case 'issued_value_not_kept':
      fate('INACTIVE', 'retired_value_not_kept');
      break;
    case 'issued_regenerated':
      if (candidate) fate('REVOKED', 'retired_regenerated');
      break;
    case 'refreshed':
      fate('INACTIVE', 'retired_refreshed');
      break;
    default:
      assert.fail(`${rule} gave a token`);
  }
};

/** A game with every rule for a token, so that the property has cases for each. */
const everyRule: Move[] = [
  { do: 'password', user: 'bob', scope: 'a b', sandbox: false },
  { do: 'password', user: 'bob', scope: 'b a unknown', sandbox: false },
  { do: 'password', user: 'bob', scope: 'a', sandbox: false },
  { do: 'refresh', pick: 0, scope: 'a' },
  { do: 'refresh', pick: 0, scope: '' },
  { do: 'moveTo', seconds: 3700 },
  { do: 'password', user: 'bob', scope: 'a', sandbox: false },
  { do: 'regenerate', user: 'bob', scope: 'a' },
  { do: 'behaviour', value: 'renew' },
  { do: 'password', user: 'bob', scope: 'a', sandbox: false },
  { do: 'behaviour', value: 'multiple' },
  { do: 'password', user: 'bob', scope: 'a', sandbox: false },
  { do: 'password', user: 'bob', scope: 'a', sandbox: false },
  { do: 'revoke', pick: 0, by: 'accessToken' },
  { do: 'behaviour', value: 'reuse' },
  { do: 'lifetime', user: 100_000, refresh: 60 },
  { do: 'password', user: 'bob', scope: 'b', sandbox: false },
  { do: 'moveTo', seconds: 3800 },
  { do: 'password', user: 'bob', scope: 'b', sandbox: false },
  { do: 'lifetime', user: -1, refresh: 3600 },
  { do: 'switches', skew: 0, renewRefresh: false, reuseInfinite: false },
  { do: 'password', user: 'bob', scope: '', sandbox: true },
  { do: 'password', user: 'bob', scope: '', sandbox: true },
  { do: 'persistence', value: 'hashed' },
  { do: 'password', user: 'bob', scope: '', sandbox: true },
  { do: 'setPassword', user: 'bob' },
  { do: 'application', scope: '', validity: '60' },
  { do: 'disable', user: 'admin' },
];
const rulesOfTokens = [
  ...['reused', 'issued_first', 'issued_after_expiry', 'issued_refresh_token_dead', 'issued_never_expiring_renewed'],
  ...['issued_renew', 'issued_multiple', 'issued_regenerated', 'refreshed', 'retired_expired', 'retired_refreshed'],
  ...['retired_collided', 'retired_renewed', 'retired_regenerated', 'retired_revoked', 'retired_password_changed'],
  ...['retired_user_disabled', 'issued_value_not_kept', 'retired_value_not_kept'],
];

test('the reason always matches the change', async () => {
  const met = new Set<string>();
  const watch: Watch = (step, world) => {
    const { before, after, outcome } = step;
    if (outcome.kind === 'token') {
      met.add(outcome.reason.rule);
      checkIssued(step, world);
    }
    if (outcome.kind === 'refused') {
      assert.deepEqual(after, before);
      const newest = world.decisions.newest(1, true)[0];
      assert.deepEqual([newest?.reason.error, newest?.reason.errorDescription], [outcome.error, outcome.description]);
    }
    // Each retirement is in the history once, with its state.
    for (const [id, row] of after) {
      const was = before.get(id);
      if (was === undefined || was.state === row.state) continue;
      const last = world.store.tokens.history(id).at(-1);
      assert.equal(last?.state, row.state);
      assert.match(last?.reason.rule ?? '', /^retired_/);
      assert.equal(last?.reason.candidate?.state, was.state);
      met.add(last?.reason.rule ?? '');
    }
  };
  await always(12, watch, [[everyRule]]);
  assert.deepEqual(
    rulesOfTokens.filter((rule) => !met.has(rule)),
    [],
  );
});
