import { applications as applicationMethods } from '../../../preload/contract/applications.ts';
import type { DescribeFile } from '../../../preload/contract/describeFile.ts';
import { chosenKey, type Server, secretWarning, server as serverSchema } from '../../../preload/contract/servers.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import { findTier } from '../apis/tierRules.ts';
import { ownerOf } from '../clients/client.ts';
import { demandUnused, insertKeySet } from '../clients/newKeySet.ts';
import { badInput } from '../errors.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import { findApplication, findClient, findUser } from '../references.ts';
import { deviceScope } from '../scopeRules.ts';
import { revokeKeySetTokens } from '../tokens/retire.ts';
import { displayName } from '../usernames.ts';
import { applyDeviceSet } from './deviceSets.ts';
import { at, differing, noteChange, type Run, upsert, wordsOf } from './run.ts';

export type DescribedApplication = NonNullable<DescribeFile['applications']>[number];
type Keys = NonNullable<NonNullable<DescribedApplication['keys']>[KeyType]>;
type Devices = NonNullable<DescribedApplication['devices']>[number];
type DescribedSubscription = NonNullable<DescribedApplication['subscriptions']>[number];

/** A device whose token expires sooner gets another one. */
const leastLeftMs = 60_000;

const applyBase = (run: Run, described: DescribedApplication): void => {
  const { keys: _, subscriptions: __, devices: ___, deviceSets: ____, ...given } = described;
  const { ports, methods } = run;
  const row = ports.store.applications.byName(given.name);
  const owner = given.owner === undefined ? {} : { owner: displayName(findUser(ports, given.owner, 'owner')) };
  const current = row && { ...row, owner: displayName(ownerOf(ports, row)) };
  upsert(run, `application:${given.name}`, { ...given, ...owner }, current, {
    create: () => methods.applications.create(applicationMethods.create.input.parse({ ...given, ...owner })),
    change: (changed) =>
      methods.applications.update(applicationMethods.update.input.parse({ application: given.name, ...changed })),
  });
};

/** Keys of other servers have other characters too. */
const demandOwnForm = ({ consumerKey, server }: Pick<KeySetRow, 'consumerKey' | 'server'>): void => {
  if (server !== null || chosenKey.test(consumerKey)) return;
  throw badInput(
    'consumerKey',
    'consumerKey: Use 1 to 255 letters, digits and the characters _ . ~ -, or name the server of the key.',
  );
};

const wholeServer = (given: Keys['server']): Server | undefined =>
  given && serverSchema.parse({ revokeUrl: '', introspectUrl: '', caCertificate: '', ...given });

/** The words of a change, and a warning if its consumer secret is easily guessed. */
const withWarning = (words: string, consumerSecret: string | undefined): string =>
  [words, consumerSecret === undefined ? '' : secretWarning(consumerSecret)].filter(Boolean).join('. ');

const changeKeys = (run: Run, item: string, keySet: KeySetRow, given: Keys): void => {
  const { ports } = run;
  const { keySets } = ports.store;
  const { consumerSecret, server, ...rest } = given;
  if (server !== undefined && keySet.server === null) {
    throw badInput(
      'server',
      'These keys were generated here, so they have no server. Leave it out, or remove the keys.',
    );
  }
  const fields = { ...rest, ...(server !== undefined && { server: wholeServer(server) }) };
  const changed = differing(fields, { ...keySet });
  const hasOtherSecret = consumerSecret !== undefined && !keySets.secretMatches(keySet.id, consumerSecret);
  if (Object.keys(changed).length === 0 && !hasOtherSecret) {
    run.unchanged += 1;
    return;
  }
  const row: KeySetRow = { ...keySet, ...changed };
  demandOwnForm(row);
  const hasOtherKey = row.consumerKey !== keySet.consumerKey;
  if (hasOtherKey) demandUnused(ports, row.consumerKey, keySet);
  if (hasOtherKey) keySets.setConsumerKey(keySet.id, row.consumerKey);
  if (hasOtherSecret) keySets.setSecret(keySet.id, consumerSecret);
  keySets.update(row);
  const revoked = hasOtherKey || hasOtherSecret ? revokeKeySetTokens(ports, keySet, 'retired_secret_regenerated') : 0;
  const why = [
    wordsOf(changed, { ...keySet }),
    hasOtherSecret ? 'another consumerSecret' : '',
    revoked === 0 ? '' : `revokes ${revoked} live tokens`,
  ];
  const words = why.filter((text) => text !== '').join(', ');
  noteChange(run, 'change', item, withWarning(words, hasOtherSecret ? consumerSecret : undefined));
};

const applyKeys = (run: Run, { id, name }: ApplicationRow, keyType: KeyType, given: Keys): void => {
  const { ports } = run;
  const item = `keys:${name}/${keyType}`;
  const keySet = ports.store.keySets.ofApplication(id).find((row) => row.keyType === keyType);
  if (keySet !== undefined) changeKeys(run, item, keySet, given);
  else {
    const { consumerSecret, server, ...rest } = given;
    if (server !== undefined && (rest.consumerKey === undefined || consumerSecret === undefined)) {
      throw badInput('consumerKey', 'Keys of another server need consumerKey and consumerSecret. Add both.');
    }
    // The schema leaves a field out where its value is undefined.
    const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const row = { applicationId: id, keyType, ...fields, server: wholeServer(server) ?? null };
    if (rest.consumerKey !== undefined) demandOwnForm({ consumerKey: rest.consumerKey, server: row.server });
    insertKeySet(ports, row, consumerSecret);
    noteChange(run, 'create', item, withWarning('', consumerSecret));
  }
  ports.events.emit('keys.changed', { applicationId: id });
};

/** The API, tier and state of a subscription; a text names the API. */
export const subscriptionOf = (given: DescribedSubscription) => {
  const { api, tier = 'Unlimited', state } = typeof given === 'string' ? { api: given } : given;
  return { api, tier, state };
};

/** A file describes a state, so it may name an API that takes no new subscription. */
const applySubscription = (run: Run, { id, name }: ApplicationRow, given: DescribedSubscription): void => {
  const { ports } = run;
  const { api, tier, state } = subscriptionOf(given);
  const row = findApi(ports, api);
  findTier(ports, 'subscription', tier, 'tier');
  const existing = ports.store.subscriptions.ofApplication(id).find((one) => one.apiId === row.id && one.tier === tier);
  const createdAtMs = ports.clock.realTimeMs();
  const fresh = { applicationId: id, apiId: row.id, tier, state: state ?? 'UNBLOCKED', createdAtMs };
  upsert(run, `subscription:${name}/${apiLabel(row)}/${tier}`, { state }, existing && { ...existing }, {
    create: () => ports.store.subscriptions.insert(fresh),
    change: () => existing && ports.store.subscriptions.update({ ...existing, state: fresh.state }),
  });
  ports.events.emit('subscriptions.changed', { applicationId: id, apiId: row.id });
};

const hasLiveToken = (run: Run, { id }: KeySetRow, userId: number | undefined, scopes: readonly string[]): boolean => {
  const { store, clock } = run.ports;
  const filter = {
    ...({ keySetIds: [id], userId, userType: userId === undefined ? 'APPLICATION' : 'APPLICATION_USER' } as const),
    ...{ state: 'ACTIVE' as const, scopes, forDevice: true },
  };
  const until = clock.tokenTimeMs() + leastLeftMs;
  for (let beforeId: number | undefined = store.tokens.nextId(); beforeId !== undefined; ) {
    const { found, olderThanId }: ReturnType<typeof store.tokens.list> = store.tokens.list(
      { ...filter, beforeId },
      100,
    );
    if (found.some(({ issuedAtMs, validityMs }) => validityMs < 0 || issuedAtMs + validityMs > until)) return true;
    beforeId = olderThanId;
  }
  return false;
};

/** Mints a token for each device that has none with a minute left. */
const applyDevices = (run: Run, { name: application }: ApplicationRow, given: Devices): void => {
  const { ports, methods } = run;
  const { keyType = 'PRODUCTION', user, names, scopes = [] } = given;
  const { keySet } = findClient(ports, { application, keyType });
  const userId = user === undefined ? undefined : findUser(ports, user).id;
  for (const name of new Set(names)) {
    if (hasLiveToken(run, keySet, userId, [deviceScope(name), ...scopes])) {
      run.unchanged += 1;
      continue;
    }
    const wanted = { application, keyType, username: user, device: [name], scope: scopes.join(' ') };
    const minted = methods.devices.mint(wanted).next().value;
    const isReused = 'items' in minted && minted.items[0]?.reused === true;
    if (isReused) run.unchanged += 1;
    else noteChange(run, 'create', `device:${application}/${keyType}/${user === undefined ? '' : `${user}/`}${name}`);
  }
};

/** Applies the applications with keys, subscriptions and devices. Tiers, APIs, scopes and users must exist. */
export const applyApplications = (run: Run): void => {
  const { applications = [] } = run.description.file;
  for (const [index, one] of applications.entries()) {
    const path = ['applications', index];
    const item = `application:${one.name}`;
    at(run, path, item, () => applyBase(run, one));
    const row = findApplication(run.ports, one.name);
    for (const keyType of ['PRODUCTION', 'SANDBOX'] as const) {
      const keys = one.keys?.[keyType];
      if (keys === undefined) continue;
      at(run, [...path, 'keys', keyType], item, () => applyKeys(run, row, keyType, keys));
    }
    for (const [place, subscription] of (one.subscriptions ?? []).entries()) {
      at(run, [...path, 'subscriptions', place], item, () => applySubscription(run, row, subscription));
    }
    for (const [place, set] of (one.deviceSets ?? []).entries()) {
      at(run, [...path, 'deviceSets', place], item, () => applyDeviceSet(run, row, set));
    }
    for (const [place, devices] of (one.devices ?? []).entries()) {
      at(run, [...path, 'devices', place], item, () => applyDevices(run, row, devices));
    }
  }
};
