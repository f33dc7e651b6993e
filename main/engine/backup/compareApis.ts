import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import { apiLabel } from '../apis/findApi.ts';
import { pathsOf } from '../apis/paths.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';
import { type Compared, itemOf, joinDifferences, type Subject, sortedJson } from './items.ts';

/** What people call the members of an API and of a tier. Members with one phrase are one difference. */
const apiWords = {
  context: 'another context',
  isDefaultVersion: 'another default version',
  state: 'another state',
  description: 'another description',
  tier: 'another tier',
  productionBackend: 'another production backend',
  sandboxBackend: 'another sandbox backend',
  backendCa: 'another trusted certificate',
  open: 'another openness',
  authorizationHeader: 'another header for the token',
  cors: 'other CORS rules',
  resources: 'other resources',
};
const tierWords = {
  description: 'another description',
  limit: 'another quota',
  counts: 'another quota',
  windowLength: 'another quota',
  windowUnit: 'another quota',
  burstLimit: 'another burst limit',
  burstSeconds: 'another burst limit',
  stopOnQuota: 'another rule over the quota',
  perUser: 'another count of users',
};

type With<K extends string> = { readonly [N in K]: unknown };

/** The phrases of the members that differ. */
const differencesOf = <K extends string>(
  existing: With<NoInfer<K>>,
  line: With<NoInfer<K>>,
  words: Readonly<Record<K, string>>,
): string[] => {
  // `Object.keys` loses the type: the keys are those of the table.
  const differing = (Object.keys(words) as K[]).filter((name) => sortedJson(existing[name]) !== sortedJson(line[name]));
  return [...new Set(differing.map((name) => words[name]))];
};

const compared = (subject: Subject, differences: readonly string[]): Compared =>
  differences.length === 0
    ? itemOf(subject, 'equal', '')
    : itemOf(subject, 'conflict', `in the backup: ${joinDifferences(differences)}`);

export const compareTier = ({ store }: Ports, line: BackupLine<'tier'>): Compared => {
  const subject: Subject = { kind: 'tier', line };
  const existing = store.tiers.byName(line.level, line.name);
  if (existing === undefined) return itemOf(subject, 'new', '');
  return compared(subject, differencesOf(existing, line, tierWords));
};

/** The existing API of this name and version. */
export const existingApi = ({ store }: Ports, line: Pick<ApiRow, 'name' | 'version'>): ApiRow | undefined =>
  store.apis.list().find((row) => apiLabel(row) === apiLabel(line));

/** Compares an API. One whose paths belong to another API here is in conflict: the import refuses to write it. */
export const compareApi = (ports: Ports, line: BackupLine<'api'>): Compared => {
  const subject: Subject = { kind: 'api', line };
  const existing = existingApi(ports, line);
  const paths = line.state === 'RETIRED' ? [] : pathsOf(line);
  const holder = ports.store.apis
    .list()
    .find(
      (row) => row.id !== existing?.id && row.state !== 'RETIRED' && pathsOf(row).some((one) => paths.includes(one)),
    );
  if (holder !== undefined) return itemOf(subject, 'conflict', `its path belongs to ${apiLabel(holder)} here`);
  if (existing === undefined) return itemOf(subject, 'new', '');
  return compared(subject, differencesOf(existing, line, apiWords));
};
