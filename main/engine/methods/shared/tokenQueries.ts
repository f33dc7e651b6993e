import type { Progress } from '../../../../preload/contract/define.ts';
import type { Validity } from '../../../../preload/contract/tokenFilter.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import type { Ports } from '../../ports/ports.ts';
import type { KeySetRow } from '../../ports/store/keys.ts';
import type { Found, SearchWord, TokenFilter } from '../../ports/store/tokenFilter.ts';
import { findApplication, findUser, livingApplications } from '../../references.ts';
import { deviceScope } from '../../scopeRules.ts';
import { revokeRows } from '../../tokens/retire.ts';
import { displayName } from '../../usernames.ts';

type InputField<T> = T | undefined;

/** A selection of tokens, as the contract's input names it. */
export interface TokenSelection {
  readonly application?: InputField<string>;
  readonly keyType?: InputField<KeyType>;
  readonly user?: InputField<string>;
  readonly device?: InputField<string>;
  readonly deviceTokens?: InputField<boolean>;
  readonly state?: TokenFilter['state'];
  readonly validity?: InputField<Validity>;
  readonly expiringWithinSeconds?: InputField<number>;
  readonly expiredSinceMs?: InputField<number>;
  readonly scope?: InputField<string>;
  readonly userType?: TokenFilter['userType'];
  readonly grantType?: TokenFilter['grantType'];
  readonly text?: InputField<string>;
}

/** The selected key sets, without those of deleted applications; undefined: every existing one. */
const keySetIdsOf = (
  ports: Ports,
  application: string | undefined,
  keyType: KeyType | undefined,
  isSelected: (keySet: KeySetRow) => boolean,
): readonly number[] | undefined => {
  const living = livingApplications(ports);
  const applications = application === undefined ? living : [findApplication(ports, application)];
  const all = applications.flatMap(({ id }) => ports.store.keySets.ofApplication(id));
  const selected = all.filter((keySet) => (keyType === undefined || keySet.keyType === keyType) && isSelected(keySet));
  const includesAll =
    application === undefined &&
    selected.length === all.length &&
    living.length === ports.store.applications.list().length;
  return includesAll ? undefined : selected.map(({ id }) => id);
};

/** The words of a search text; a token must match each. */
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

/** The expiry range of a validity at the current token time. The skew counts as it does on the wire. */
const expiryOf = (
  ports: Ports,
  validity: Validity | undefined,
  { expiringWithinSeconds = 600, expiredSinceMs }: TokenSelection,
): Pick<TokenFilter, 'expiresAfterMs' | 'expiresUntilMs' | 'neverExpires'> => {
  const nowMs = ports.clock.tokenTimeMs() - ports.store.settings.read().skewSeconds * 1000;
  switch (validity) {
    case undefined:
      return {};
    case 'valid':
      return { expiresAfterMs: nowMs };
    case 'overdue':
      return { expiresAfterMs: expiredSinceMs, expiresUntilMs: nowMs };
    case 'expiring':
      return { expiresAfterMs: nowMs, expiresUntilMs: nowMs + expiringWithinSeconds * 1000 };
    case 'never':
      return { neverExpires: true };
  }
};

/** The selection as a filter for the store. Throws `not_found` for an unknown application or user. */
export const tokenFilterOf = (ports: Ports, selection: TokenSelection): TokenFilter => {
  const { application, keyType, user, device, deviceTokens, state, expiredSinceMs, scope, text } = selection;
  const validity = selection.validity ?? (expiredSinceMs === undefined ? undefined : 'overdue');
  const mustBeValid = validity !== undefined && validity !== 'overdue';
  const keySetIds = keySetIdsOf(ports, application, keyType, (keySet) => !mustBeValid || keySet.state === 'ACTIVE');
  // Nothing can match: a validity is for ACTIVE tokens only, and a device selects device tokens only.
  const contradiction =
    (validity !== undefined && state !== undefined && state !== 'ACTIVE') ||
    (expiredSinceMs !== undefined && validity !== 'overdue') ||
    (device !== undefined && deviceTokens === false);
  return {
    keySetIds: contradiction ? [] : keySetIds,
    userId: user === undefined ? undefined : findUser(ports, user).id,
    state: validity === undefined ? state : 'ACTIVE',
    userType: selection.userType,
    grantType: selection.grantType,
    scopes: [...(scope === undefined ? [] : [scope]), ...(device === undefined ? [] : [deviceScope(device)])],
    forDevice: device === undefined ? deviceTokens : true,
    words: text === undefined ? undefined : wordsOf(ports, text),
    ...expiryOf(ports, validity, selection),
  };
};

/**
 * Runs a search to its end, in short steps. Progress counts row ids down from the newest.
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

/** Small enough that a transaction is short, and that the event names every token. */
export const revokedPerStep = 100;

/**
 * Revokes the ACTIVE tokens of a filter, newest first, in steps. Returns their ids. Tokens issued while it runs stay.
 */
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
