import type { Progress } from '../../../preload/contract/define.ts';
import type { Validity } from '../../../preload/contract/tokenFilter.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { KeySetRow } from '../ports/keySetStore.ts';
import type { Ports } from '../ports/ports.ts';
import type { Found, SearchWord, TokenFilter } from '../ports/tokenFilter.ts';
import { findApplication, findUser, livingApplications } from '../references.ts';
import { deviceScope } from '../scopeRules.ts';
import { revokeRows } from '../tokens/retire.ts';
import { displayName } from '../usernames.ts';

type InputField<T> = T | undefined;

/** Which tokens a caller means, in the words of the contract. */
export interface TokenSelection {
  readonly application?: InputField<string>;
  readonly keyType?: InputField<KeyType>;
  readonly user?: InputField<string>;
  readonly device?: InputField<string>;
  readonly deviceTokens?: InputField<boolean>;
  readonly state?: TokenFilter['state'];
  readonly validity?: InputField<Validity>;
  readonly expiringWithinSeconds?: InputField<number>;
  readonly scope?: InputField<string>;
  readonly userType?: TokenFilter['userType'];
  readonly grantType?: TokenFilter['grantType'];
  readonly text?: InputField<string>;
}

/** The key sets that are meant; undefined: all there are. Those of deleted applications never are. */
const keySetIdsOf = (
  ports: Ports,
  application: string | undefined,
  keyType: KeyType | undefined,
  wanted: (keySet: KeySetRow) => boolean,
): readonly number[] | undefined => {
  const living = livingApplications(ports);
  const applications = application === undefined ? living : [findApplication(ports, application)];
  const all = applications.flatMap(({ id }) => ports.store.keySets.ofApplication(id));
  const meant = all.filter((keySet) => (keyType === undefined || keySet.keyType === keyType) && wanted(keySet));
  const noneLeftOut =
    application === undefined &&
    meant.length === all.length &&
    living.length === ports.store.applications.list().length;
  return noneLeftOut ? undefined : meant.map(({ id }) => id);
};

/** What is looked for in each token: all words of the text. */
const wordsOf = (ports: Ports, text: string): readonly SearchWord[] => {
  const applications = livingApplications(ports).map(({ id, name }) => ({ id, name: name.toLowerCase() }));
  const users = ports.store.users.list().map((user) => ({ id: user.id, name: displayName(user).toLowerCase() }));
  const words = new Set(text.toLowerCase().split(/\s+/u).filter(Boolean));
  return [...words].map((word) => ({
    text: word,
    keySetIds: applications
      .filter(({ name }) => name.includes(word))
      .flatMap(({ id }) => ports.store.keySets.ofApplication(id).map((keySet) => keySet.id)),
    userIds: users.filter(({ name }) => name.includes(word)).map(({ id }) => id),
  }));
};

/** The ends that a validity means at this instant; the skew counts as it does on the wire. */
const endsOf = (
  ports: Ports,
  { validity, expiringWithinSeconds = 600 }: TokenSelection,
): Pick<TokenFilter, 'endsAfterMs' | 'endsUntilMs' | 'neverEnds'> => {
  const nowMs = ports.clock.tokenTimeMs() - ports.store.settings.read().skewSeconds * 1000;
  switch (validity) {
    case undefined:
      return {};
    case 'valid':
      return { endsAfterMs: nowMs };
    case 'overdue':
      return { endsUntilMs: nowMs };
    case 'expiring':
      return { endsAfterMs: nowMs, endsUntilMs: nowMs + expiringWithinSeconds * 1000 };
    case 'never':
      return { neverEnds: true };
  }
};

/** What was asked for, as the store searches for it. Throws `not_found` for an application or user there is none of. */
export const tokenFilterOf = (ports: Ports, asked: TokenSelection): TokenFilter => {
  const { application, keyType, user, device, deviceTokens, state, validity, scope, text } = asked;
  const passing = validity !== undefined && validity !== 'overdue';
  const keySetIds = keySetIdsOf(ports, application, keyType, (keySet) => !passing || keySet.state === 'ACTIVE');
  // Of a device's tokens those that hold another scope too, and of ACTIVE ones those in another state, are none.
  const contradiction =
    (validity !== undefined && state !== undefined && state !== 'ACTIVE') ||
    (device !== undefined && deviceTokens === false);
  return {
    keySetIds: contradiction ? [] : keySetIds,
    userId: user === undefined ? undefined : findUser(ports, user).id,
    state: validity === undefined ? state : 'ACTIVE',
    userType: asked.userType,
    grantType: asked.grantType,
    scopes: [...(scope === undefined ? [] : [scope]), ...(device === undefined ? [] : [deviceScope(device)])],
    forDevice: device === undefined ? deviceTokens : true,
    words: text === undefined ? undefined : wordsOf(ports, text),
    ...endsOf(ports, asked),
  };
};

/**
 * Searches to the end, in steps that hold up nobody. Its progress is told by row numbers: how far down from the newest
 * it has come.
 */
export function* searchAll<T>(
  { store }: Ports,
  newestBefore: number | undefined,
  search: (beforeId: number | undefined) => Found<T>,
): Generator<Progress, readonly T[], void> {
  const total = (newestBefore ?? store.tokens.nextId()) - 1;
  const found: T[] = [];
  for (let beforeId = newestBefore; ; ) {
    const step = search(beforeId);
    found.push(step.found);
    if (step.olderThanId === undefined) return found;
    beforeId = step.olderThanId;
    yield { done: total - beforeId + 1, total };
  }
}

/** So many in a transaction hold up no request for long, and are named to the watchers one by one. */
export const revokedPerStep = 100;

/** Revokes the ACTIVE tokens of a filter, newest first, in steps; gives their ids. Those issued meanwhile stay. */
export function* revokeMatching(ports: Ports, filter: TokenFilter): Generator<Progress, readonly number[], void> {
  const { tokens } = ports.store;
  const live: TokenFilter = { ...filter, state: 'ACTIVE' };
  let total = 0;
  for (let beforeId: number | undefined = tokens.nextId(); beforeId !== undefined; ) {
    const { found, olderThanId }: ReturnType<typeof tokens.countByState> = tokens.countByState({ ...live, beforeId });
    total += found.ACTIVE;
    beforeId = olderThanId;
    if (beforeId !== undefined) yield { done: 0, total };
  }
  const revoked: number[] = [];
  for (let beforeId: number | undefined = tokens.nextId(); beforeId !== undefined; ) {
    const page: ReturnType<typeof tokens.list> = tokens.list({ ...live, beforeId }, revokedPerStep);
    revokeRows(ports, page.found, 'retired_revoked');
    revoked.push(...page.found.map(({ id }) => id));
    beforeId = page.olderThanId;
    if (beforeId !== undefined) yield { done: revoked.length, total: Math.max(total, revoked.length) };
  }
  return revoked;
}
