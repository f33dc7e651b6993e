import { useEffect, useMemo } from 'react';
import type { Application } from '../../../preload/contract/applications.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { User } from '../../../preload/contract/users.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useMinting } from '../../store/devices.ts';
import type { DeviceOwner } from '../../store/deviceTokens.ts';
import { useRead } from '../../store/reads.ts';
import { applicationToBegin, userToBegin } from './owner.ts';

/** Whose device tokens the screen is about, and what there is to pick from. */
export interface OwnerChoice {
  readonly applications: readonly Application[];
  readonly users: readonly User[];
  readonly application: Application | undefined;
  readonly keyType: KeyType;
  /** `undefined` while it is read, `null` when there is none. */
  readonly keySet: KeySet | null | undefined;
  /** `null`: application tokens; `undefined`: there is nobody to mint for. */
  readonly username: string | null | undefined;
  readonly owner: DeviceOwner | undefined;
  /** Devices of the newest device tokens, whatever their owner. */
  readonly recentDevices: readonly string[];
  pickApplication(name: string): void;
  pickKeyType(keyType: KeyType): void;
  pickUser(username: string | null): void;
}

const recent = { deviceTokens: true, limit: 200 } as const;

/** Picks the owner, from what was picked or minted last where nobody did. `undefined` until all is read. */
export function useOwner(): { readonly choice: OwnerChoice | undefined; readonly error: KeyfobError | undefined } {
  const applications = useRead('applications.list', {});
  const users = useRead('users.list', {});
  const newest = useRead('tokens.list', recent);
  const { draft, change } = useMinting();
  const { selected, select } = useKeyfobState((state) => state.selection);
  const read = applications.value !== undefined && users.value !== undefined && newest.value !== undefined;

  const items = newest.value?.items;
  const application = read ? applicationToBegin(applications.value.items, selected.application, items?.[0]) : undefined;
  const lastHere = items?.find((token) => token.application === application?.name);
  const picked = draft.username === undefined ? selected.username : draft.username;
  const username = read ? userToBegin(users.value.items, picked, lastHere) : undefined;
  const { keyType } = selected;
  const name = application?.name;
  const keySets = useRead('keys.list', name === undefined ? undefined : { application: name });

  // The snippet pane shows the calls of what is picked here.
  useEffect(() => {
    if (read && name !== undefined) select({ application: name, username: username ?? undefined });
  }, [read, name, username, select]);

  const keySet =
    keySets.value === undefined ? undefined : (keySets.value.items.find((one) => one.keyType === keyType) ?? null);
  const owner = useMemo(
    () =>
      name === undefined || username === undefined
        ? undefined
        : { application: name, keyType, username: username ?? undefined },
    [name, keyType, username],
  );
  const recentDevices = useMemo(() => [...new Set(items?.flatMap(({ device }) => device ?? []))], [items]);
  const nothingSelected = { device: undefined, tokenId: undefined };
  const error = applications.error ?? users.error ?? newest.error ?? keySets.error;
  if (!read) return { choice: undefined, error };
  return {
    error,
    choice: {
      applications: applications.value.items,
      users: users.value.items,
      ...{ application, keyType, keySet, username, owner, recentDevices },
      pickApplication: (next) => select({ application: next, ...nothingSelected }),
      pickKeyType: (next) => select({ keyType: next, ...nothingSelected }),
      pickUser(next) {
        change({ username: next });
        select({ username: next ?? undefined, ...nothingSelected });
      },
    },
  };
}
