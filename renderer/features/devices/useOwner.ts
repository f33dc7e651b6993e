import { useMemo } from 'react';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useWindowContext, type WindowContext } from '../../store/hooks/window/useWindowContext.ts';
import type { DeviceOwner } from '../../store/topics/devices/deviceTokens.ts';

/** The owner of the screen's device tokens: the context, with its keys. */
export interface OwnerChoice extends WindowContext {
  /** `undefined` while loading, `null` when missing. */
  readonly keySet: KeySet | null | undefined;
  readonly owner: DeviceOwner | undefined;
}

/** Gives the context's owner. `undefined` until everything is read. */
export function useOwner(): { readonly choice: OwnerChoice | undefined; readonly error: KeyfobError | undefined } {
  const context = useWindowContext();
  const applications = useRead('applications.list', {});
  const users = useRead('users.list', {});
  const { application, keyType, user } = context ?? {};
  const keySets = useRead('keys.list', application && { application: application.name });
  const owner = useMemo(
    () =>
      application === undefined || keyType === undefined || user === undefined
        ? undefined
        : { applicationId: application.id, application: application.name, keyType, username: user?.username },
    [application, keyType, user],
  );
  const error = applications.error ?? users.error ?? keySets.error;
  if (context === undefined) return { choice: undefined, error };
  const found = keySets.value?.items.find((one) => one.keyType === keyType);
  return { error, choice: { ...context, keySet: keySets.value && (found ?? null), owner } };
}
