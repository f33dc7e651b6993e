import type { Prunable } from '../../../preload/contract/describe.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import { findApplication, livingApplications } from '../references.ts';
import { deviceScope } from '../scopeRules.ts';
import { revokeRows } from '../tokens/retire.ts';
import { displayName, parseUsername } from '../usernames.ts';
import { type DescribedApplication, subscriptionOf } from './applications.ts';
import { pruneDeviceSets } from './deviceSets.ts';
import { at, noteChange, type Run } from './run.ts';

/** The owner of applications that name none. */
const defaultOwner = 'admin';

/** The described applications that say something about a part. Without it, the part stays as it is. */
const describedWith = (run: Run, part: 'devices' | 'deviceSets' | 'subscriptions') =>
  (run.description.file.applications ?? [])
    .filter((one) => one[part] !== undefined)
    .map((one) => ({ one, row: findApplication(run.ports, one.name) }));

/** Revokes the live tokens of devices that the application does not name. */
const pruneDevices = (run: Run, row: ApplicationRow, { devices = [] }: DescribedApplication): void => {
  const { ports } = run;
  for (const { id, keyType } of ports.store.keySets.ofApplication(row.id)) {
    const named = devices.filter((entry) => (entry.keyType ?? 'PRODUCTION') === keyType).flatMap(({ names }) => names);
    const known = new Set(named.map(deviceScope));
    const byDevice = Map.groupBy(ports.store.tokens.active({ keySetIds: [id] }), ({ scope }) =>
      scope.split(' ').find((name) => name.startsWith(deviceScope(''))),
    );
    for (const [scope, rows] of byDevice) {
      if (scope === undefined || known.has(scope)) continue;
      const revoked = revokeRows(ports, rows, 'retired_revoked');
      noteChange(
        run,
        'remove',
        `device:${row.name}/${keyType}/${scope.slice(deviceScope('').length)}`,
        `revokes ${revoked} live tokens`,
      );
    }
  }
};

const pruneSubscriptions = (run: Run, row: ApplicationRow, { subscriptions = [] }: DescribedApplication): void => {
  const { ports, methods } = run;
  const named = subscriptions.map(subscriptionOf).map(({ api, tier }) => `${findApi(ports, api).id} ${tier}`);
  for (const { id, apiId, tier } of ports.store.subscriptions.ofApplication(row.id)) {
    if (named.includes(`${apiId} ${tier}`)) continue;
    const { api } = methods.subscriptions.delete({ subscription: id });
    noteChange(run, 'remove', `subscription:${row.name}/${api}/${tier}`);
  }
};

/** Removes what the file does not name, of one kind. The first owner and what came with the installation stay. */
const pruners: Readonly<Record<Prunable, (run: Run) => void>> = {
  devices: (run) => {
    for (const { one, row } of describedWith(run, 'devices')) pruneDevices(run, row, one);
  },
  deviceSets: (run) => {
    for (const { one, row } of describedWith(run, 'deviceSets')) pruneDeviceSets(run, row, one);
  },
  subscriptions: (run) => {
    for (const { one, row } of describedWith(run, 'subscriptions')) pruneSubscriptions(run, row, one);
  },
  applications: (run) => {
    const named = new Set(run.description.file.applications?.map(({ name }) => name));
    for (const { name } of livingApplications(run.ports)) {
      if (named.has(name)) continue;
      const { tokensRevoked } = run.methods.applications.delete({ application: name });
      noteChange(run, 'remove', `application:${name}`, `with its keys and ${tokensRevoked} live tokens`);
    }
  },
  users: (run) => {
    const { users = [] } = run.description.file;
    const named = new Set(users.map(({ username }) => displayName(parseUsername(username)).toLowerCase()));
    for (const row of run.ports.store.users.list()) {
      const user = displayName(row);
      if (user === defaultOwner || named.has(user.toLowerCase())) continue;
      at(run, ['users'], `user:${user}`, () => {
        const { tokensRevoked } = run.methods.users.delete({ user });
        noteChange(run, 'remove', `user:${user}`, `with ${tokensRevoked} live tokens`);
      });
    }
  },
  scopes: (run) => {
    const named = new Set(run.description.file.scopes?.map(({ name }) => name));
    for (const { name } of run.ports.store.scopes.list()) {
      if (named.has(name)) continue;
      run.methods.scopes.delete({ name });
      noteChange(run, 'remove', `scope:${name}`);
    }
  },
  apis: (run) => {
    const named = new Set(run.description.file.apis?.map(({ name, version = '1.0.0' }) => `${name}/${version}`));
    for (const row of run.ports.store.apis.list()) {
      if (named.has(apiLabel(row))) continue;
      const { subscriptions } = run.methods.apis.delete({ api: apiLabel(row) });
      noteChange(run, 'remove', `api:${apiLabel(row)}`, `with ${subscriptions} subscriptions`);
    }
  },
  tiers: (run) => {
    const named = new Set(run.description.file.tiers?.map(({ level, name }) => `${level}/${name}`));
    for (const { level, name, builtIn } of run.ports.store.tiers.list()) {
      if (builtIn || named.has(`${level}/${name}`)) continue;
      at(run, ['tiers'], `tier:${level}/${name}`, () => run.methods.tiers.delete({ level, name }));
      noteChange(run, 'remove', `tier:${level}/${name}`);
    }
  },
};

/** What an apply removes. */
export interface Pruning {
  readonly kinds: readonly Prunable[];
  /** The items that a preview removed. Without it, any may be removed. */
  readonly removable?: readonly string[] | undefined;
}

/** Removes what the file does not name. Users of a thing are removed before it. Throws `conflict` for items that no preview named. */
export const prune = (run: Run, { kinds, removable }: Pruning): void => {
  for (const kind of Object.keys(pruners) as Prunable[]) if (kinds.includes(kind)) pruners[kind](run);
  const surprise = run.changes.find(({ action, item }) => action === 'remove' && removable?.includes(item) === false);
  if (surprise === undefined) return;
  throw new KeyfobError('conflict', `${surprise.item} was added after the preview. Preview the file again.`);
};
