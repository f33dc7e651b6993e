import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Progress } from '../../../preload/contract/define.ts';
import { type Server, server } from '../../../preload/contract/servers.ts';
import { apiLabel } from '../apis/findApi.ts';
import { ownerOf } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import { displayName } from '../usernames.ts';
import { sameConsents } from './consents.ts';
import { sameDeviceSets } from './deviceSets.ts';
import { type Compared, itemOf, joinDifferences, type Subject, sameSet } from './items.ts';
import type { Backup } from './parse.ts';

type Token = BackupLine<'token'>;

/** Small enough that a step is short. */
const tokensPerStep = 100;

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Compares by member, because a member of the store and one of a file may be in another order. */
const sameServer = (one: Server | null, other: Server | null): boolean =>
  one === null || other === null ? one === other : server.keyof().options.every((name) => one[name] === other[name]);

const sameKeySet = ({ store }: Ports, existing: KeySetRow, line: BackupLine<'keySet'>): boolean =>
  existing.consumerKey === line.consumerKey &&
  existing.state === line.state &&
  existing.servedHere === line.servedHere &&
  sameServer(existing.server, line.server) &&
  existing.callbackUrl === line.callbackUrl &&
  existing.publicClient === line.publicClient &&
  existing.pkce === line.pkce &&
  existing.pkcePlain === line.pkcePlain &&
  existing.issueBehaviour === line.issueBehaviour &&
  existing.tokenFormat === line.tokenFormat &&
  existing.applicationTokenValiditySeconds === line.applicationTokenValiditySeconds &&
  existing.userTokenValiditySeconds === line.userTokenValiditySeconds &&
  existing.refreshTokenValiditySeconds === line.refreshTokenValiditySeconds &&
  sameSet(existing.grantTypes, line.grantTypes) &&
  sameSet(existing.allowedOrigins, line.allowedOrigins) &&
  store.keySets.revealSecret(existing.id) === line.consumerSecret;

/** Counts the existing tokens of a key set, of the kind that the backup includes. */
function* countExisting({ store }: Ports, keySetId: number, kind: 'all' | 'live'): Generator<Progress, number, void> {
  const filter = { keySetIds: [keySetId], ...(kind === 'live' && { state: 'ACTIVE' as const }) };
  let count = 0;
  for (let beforeId: number | undefined = store.tokens.nextId(); beforeId !== undefined; ) {
    const { found, olderThanId }: ReturnType<typeof store.tokens.countByState> = store.tokens.countByState({
      ...filter,
      beforeId,
    });
    count += found.ACTIVE + found.EXPIRED + found.INACTIVE + found.REVOKED;
    beforeId = olderThanId;
    yield { done: 0, total: 1 };
  }
  return count;
}

/** The differences between the tokens of an existing key set and those of the backup. */
function* compareTokens(
  ports: Ports,
  backup: Backup,
  existing: KeySetRow,
  lines: readonly Token[],
): Generator<Progress, readonly string[], void> {
  const { store } = ports;
  const { tokens: kind } = backup.header;
  if (kind === 'none') return [];
  let found = 0;
  let differing = 0;
  for (const [at, line] of lines.entries()) {
    if (at % tokensPerStep === tokensPerStep - 1) yield { done: at, total: lines.length };
    const row = store.tokens.byValue(line.value);
    if (row?.keySetId !== existing.id) continue;
    found += 1;
    const user = store.users.byId(row.userId);
    const same =
      row.stateId === line.stateId &&
      row.validityMs === line.validityMs &&
      row.scope === line.scope &&
      user !== undefined &&
      displayName(user).toLowerCase() === backup.users.get(line.user)?.username.toLowerCase();
    if (!same) differing += 1;
  }
  const onlyExisting = (yield* countExisting(ports, existing.id, kind)) - found;
  const onlyInBackup = lines.length - found;
  return [
    ...(onlyInBackup > 0
      ? [countOf(onlyInBackup, 'token that does not exist here', 'tokens that do not exist here')]
      : []),
    ...(differing > 0 ? [countOf(differing, 'token in an earlier state', 'tokens in an earlier state')] : []),
    ...(onlyExisting > 0 ? [`without ${countOf(onlyExisting, 'token', 'tokens')} issued here`] : []),
  ];
}

/** A subscription as text, for comparisons. */
const subscriptionText = (api: Pick<ApiRow, 'name' | 'version'> | undefined, tier: string, state: string): string =>
  `${api === undefined ? '' : apiLabel(api)} ${tier} ${state}`;

const sameSubscriptions = ({ store }: Ports, backup: Backup, ref: number, existing: ApplicationRow): boolean => {
  const mine = store.subscriptions
    .ofApplication(existing.id)
    .map(({ apiId, tier, state }) => subscriptionText(store.apis.byId(apiId), tier, state));
  const theirs = backup.subscriptions
    .filter(({ application }) => application === ref)
    .map(({ api, tier, state }) => subscriptionText(backup.apis.get(api), tier, state));
  return sameSet(mine, theirs);
};

/** The differences between an application of the backup and the existing one with its name and keys. */
function* differencesOf(
  ports: Ports,
  backup: Backup,
  line: BackupLine<'application'>,
  existing: ApplicationRow,
  tokensOf: ReadonlyMap<number, readonly Token[]>,
): Generator<Progress, readonly string[], void> {
  const differences: string[] = [];
  const owner = backup.users.get(line.owner)?.username ?? '';
  if (displayName(ownerOf(ports, existing)).toLowerCase() !== owner.toLowerCase()) differences.push('another owner');
  if (existing.description !== line.description) differences.push('another description');
  if (existing.tier !== line.tier) differences.push('another tier');
  // Version 1 had no subscriptions, so it says nothing about them.
  if (backup.header.version > 1 && !sameSubscriptions(ports, backup, line.ref, existing)) {
    differences.push('other subscriptions');
  }
  // Earlier versions had no device sets.
  if (backup.header.version > 4 && !sameDeviceSets(ports, backup, line.ref, existing)) {
    differences.push('other device sets');
  }
  const theirs = [...backup.keySets.values()].filter(({ application }) => application === line.ref);
  const mine = ports.store.keySets.ofApplication(existing.id);
  for (const keyType of ['PRODUCTION', 'SANDBOX'] as const) {
    const keySet = mine.find((one) => one.keyType === keyType);
    const other = theirs.find((one) => one.keyType === keyType);
    if (keySet === undefined && other === undefined) continue;
    if (keySet === undefined) differences.push(`${keyType} keys (none here)`);
    else if (other === undefined) differences.push(`no ${keyType} keys`);
    else if (!sameKeySet(ports, keySet, other)) differences.push(`other ${keyType} keys`);
    else {
      // Earlier versions had no consents.
      if (backup.header.version > 3 && !sameConsents(ports, backup, keySet.id, other.ref)) {
        differences.push(`other remembered consents for ${keyType}`);
      }
      differences.push(...(yield* compareTokens(ports, backup, keySet, tokensOf.get(other.ref) ?? [])));
    }
  }
  return differences;
}

/**
 * The existing application of this name, and all that it would replace: that one, and the holders of its consumer keys.
 */
export const replacesOf = (
  { store }: Ports,
  backup: Backup,
  line: BackupLine<'application'>,
): { readonly existing: ApplicationRow | undefined; readonly replaces: readonly ApplicationRow[] } => {
  const existing = store.applications.byName(line.name);
  const holders = [...backup.keySets.values()]
    .filter(({ application }) => application === line.ref)
    .flatMap(({ consumerKey }) => store.keySets.byConsumerKey(consumerKey) ?? [])
    .flatMap(({ applicationId }) => store.applications.byId(applicationId) ?? []);
  const rows = [...(existing ? [existing] : []), ...holders];
  return { existing, replaces: [...new Map(rows.map((row) => [row.id, row])).values()] };
};

/** Compares whole applications: one in conflict is either kept or replaced, never merged. */
export function* compareApplications(ports: Ports, backup: Backup): Generator<Progress, readonly Compared[], void> {
  const tokensOf = Map.groupBy(backup.tokens.values(), ({ keySet }) => keySet);
  const compared: Compared[] = [];
  for (const line of backup.applications.values()) {
    const { existing, replaces } = replacesOf(ports, backup, line);
    const living = replaces.filter(({ deletedAtMs }) => deletedAtMs === null);
    const subject: Subject = { kind: 'application', line, existing, replaces };
    const others = living.filter(({ id }) => id !== existing?.id).map(({ name }) => `"${name}"`);
    if (living.length === 0) compared.push(itemOf(subject, 'new', ''));
    else if (existing === undefined || others.length > 0) {
      compared.push(itemOf(subject, 'conflict', `its consumer keys belong to ${joinDifferences(others)} here`));
    } else {
      const differences = yield* differencesOf(ports, backup, line, existing, tokensOf);
      compared.push(
        differences.length === 0
          ? itemOf(subject, 'equal', '')
          : itemOf(subject, 'conflict', `in the backup: ${joinDifferences(differences)}`),
      );
    }
    yield { done: compared.length, total: backup.applications.size };
  }
  return compared;
}
