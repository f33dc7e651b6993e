import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { DeviceSetRow } from '../ports/store/deviceSets.ts';
import { findApplication, findUser, livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';
import { demandExtraScopes, mintDevices } from './shared/mintDevices.ts';

const usernameOf = ({ store }: Ports, { userId }: DeviceSetRow): string | undefined => {
  const user = userId === null ? undefined : store.users.byId(userId);
  return user && displayName(user);
};

const view = (ports: Ports, row: DeviceSetRow, application: ApplicationRow): DeviceSet => {
  const { userId: _, devices, validitySeconds, ...rest } = row;
  const user = usernameOf(ports, row);
  return {
    ...rest,
    application: application.name,
    devices: [...devices],
    ...(user !== undefined && { user }),
    ...(validitySeconds !== null && { validitySeconds }),
  };
};

/** A set by name. Throws `not_found`. */
const find = (ports: Ports, ref: { readonly application: string; readonly set: string }) => {
  const application = findApplication(ports, ref.application);
  const rows = ports.store.deviceSets.ofApplication(application.id);
  const row = rows.find(({ name }) => name === ref.set);
  if (row !== undefined) return { row, application };
  const names = rows.map(({ name }) => name);
  throw notFound('set', `"${application.name}" has no device set named "${ref.set}".${didYouMean(ref.set, names)}`);
};

/** Deletes the sets of a user who is deleted. Must run in a transaction. */
export const deleteSetsOfUser = ({ store, events }: Ports, userId: number): void => {
  for (const row of store.deviceSets.list()) {
    if (row.userId !== userId) continue;
    store.deviceSets.delete(row.id);
    events.emit('deviceSets.changed', { applicationId: row.applicationId });
  }
};

export const deviceSetHandlers = (ports: Ports): Handlers['deviceSets'] => {
  const { store, events, clock } = ports;
  const changed = ({ id }: ApplicationRow): void => events.emit('deviceSets.changed', { applicationId: id });
  return {
    list: ({ application }) => {
      const applications =
        application === undefined ? livingApplications(ports) : [findApplication(ports, application)];
      const items = applications.flatMap((one) =>
        store.deviceSets.ofApplication(one.id).map((row) => view(ports, row, one)),
      );
      return { items };
    },
    save: ({ application: ref, keyType, username, name, device, scope, validitySeconds = null }) => {
      demandExtraScopes(scope);
      const application = findApplication(ports, ref);
      const content = {
        keyType,
        userId: username === undefined ? null : findUser(ports, username, 'username').id,
        devices: [...new Set(device)],
        scope,
        validitySeconds,
      };
      const existing = store.deviceSets.ofApplication(application.id).find((row) => row.name === name);
      const row =
        existing === undefined
          ? store.deviceSets.insert({
              ...content,
              ...{ applicationId: application.id, name, createdAtMs: clock.realTimeMs() },
            })
          : { ...existing, ...content };
      if (existing !== undefined) store.deviceSets.update(row);
      changed(application);
      return { ...view(ports, row, application), replaced: existing !== undefined };
    },
    rename: ({ name, ...ref }) => {
      const { row: before, application } = find(ports, ref);
      const row = { ...before, name };
      const others = store.deviceSets.ofApplication(application.id).filter(({ id }) => id !== row.id);
      if (others.some((other) => other.name === name)) {
        throw conflict('name', `"${application.name}" already has a device set named "${name}". Choose another name.`);
      }
      store.deviceSets.update(row);
      changed(application);
      return view(ports, row, application);
    },
    delete: (ref) => {
      const { row, application } = find(ports, ref);
      store.deviceSets.delete(row.id);
      changed(application);
      return view(ports, row, application);
    },
    *mint({ validitySeconds, ...ref }) {
      const { row, application } = find(ports, ref);
      return yield* mintDevices(ports, {
        application: application.name,
        keyType: row.keyType,
        username: usernameOf(ports, row),
        device: row.devices,
        scope: row.scope,
        validitySeconds: validitySeconds ?? row.validitySeconds ?? undefined,
      });
    },
  };
};
