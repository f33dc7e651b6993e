import type { DescribeFile } from '../../../preload/contract/describeFile.ts';
import { deviceSets as setMethods } from '../../../preload/contract/deviceSets.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { DeviceSetRow } from '../ports/store/deviceSets.ts';
import { findUser } from '../references.ts';
import { displayName } from '../usernames.ts';
import { noteChange, type Run, upsert } from './run.ts';

type Described = NonNullable<DescribeFile['applications']>[number];
type DescribedSet = NonNullable<Described['deviceSets']>[number];

/** The fields of a set in a file, in texts that compare. The order of devices counts, and that of scopes does not. */
const fieldsOf = ({ store }: Ports, { keyType, userId, devices, scope, validitySeconds }: DeviceSetRow) => {
  const user = userId === null ? undefined : store.users.byId(userId);
  return {
    ...{ keyType, user: user === undefined ? null : displayName(user) },
    ...{ devices: devices.join(' '), scopes: scope.split(' ').filter((name) => name !== ''), validitySeconds },
  };
};

/** Saves a set. An entry describes its set completely: a field that it leaves out has its default. */
export const applyDeviceSet = (run: Run, application: ApplicationRow, given: DescribedSet): void => {
  const { ports, methods } = run;
  const { name, keyType = 'PRODUCTION', user, devices, scopes = [], validitySeconds } = given;
  const username = user === undefined ? undefined : displayName(findUser(ports, user));
  const wanted = {
    ...{ keyType, user: username ?? null },
    ...{ devices: [...new Set(devices)].join(' '), scopes, validitySeconds: validitySeconds ?? null },
  };
  const existing = ports.store.deviceSets.ofApplication(application.id).find((row) => row.name === name);
  const save = () => {
    const more = { ...(username !== undefined && { username }), scope: scopes.join(' '), validitySeconds };
    const input = { application: application.name, keyType, name, device: devices, ...more };
    methods.deviceSets.save(setMethods.save.input.parse(input));
  };
  upsert(run, `deviceSet:${application.name}/${name}`, wanted, existing && fieldsOf(ports, existing), {
    create: save,
    change: save,
  });
};

/** Deletes the sets that the application does not name. */
export const pruneDeviceSets = (run: Run, application: ApplicationRow, { deviceSets = [] }: Described): void => {
  const named = new Set(deviceSets.map(({ name }) => name));
  for (const { name } of run.ports.store.deviceSets.ofApplication(application.id)) {
    if (named.has(name)) continue;
    run.methods.deviceSets.delete({ application: application.name, set: name });
    noteChange(run, 'remove', `deviceSet:${application.name}/${name}`);
  }
};

/** The sets of an application as a file describes them. */
export const describedSets = (ports: Ports, application: ApplicationRow) =>
  ports.store.deviceSets.ofApplication(application.id).map((row) => {
    const { keyType, user, scopes, validitySeconds } = fieldsOf(ports, row);
    return {
      ...{ name: row.name, keyType, ...(user !== null && { user }), devices: row.devices },
      ...(scopes.length > 0 && { scopes }),
      ...(validitySeconds !== null && { validitySeconds }),
    };
  });
