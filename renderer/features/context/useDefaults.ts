import { useEffect } from 'react';
import type { Application } from '../../../preload/contract/applications.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import type { WindowContext } from '../../store/hooks/window/useWindowContext.ts';

/** Gives the initial application: the last one minted for, else the first with keys, else the first. */
const applicationToBegin = (
  applications: readonly Application[],
  lastMinted: Token | undefined,
): Application | undefined =>
  applications.find(({ name }) => name === lastMinted?.application) ??
  applications.find(({ keyTypes }) => keyTypes.length > 0) ??
  applications[0];

/**
 * Gives the id of the initial user: the last one minted for with this application, else the first who can log in.
 * `null`: application tokens. `undefined`: no user can log in.
 */
const userToBegin = (users: readonly User[], lastHere: Token | undefined): number | null | undefined => {
  if (lastHere?.userType === 'APPLICATION') return null;
  const enabled = users.filter((user) => user.enabled);
  const found = enabled.find(({ username }) => username === lastHere?.user) ?? enabled.find((user) => user.hasPassword);
  return found?.id;
};

const newestDeviceTokens = { deviceTokens: true, limit: 200 } as const;

/** Chooses the context's first application and user once, and remembers the names of later choices. */
export function useDefaults(context: WindowContext | undefined): void {
  const { chosen, begin, named } = useKeyfobState((state) => state.windowContext);
  const isChosen = chosen.applicationId !== undefined && chosen.userId !== undefined;
  const minted = useRead('tokens.list', isChosen ? undefined : newestDeviceTokens).value?.items;
  useEffect(() => {
    if (context === undefined) return;
    const { application, user } = context;
    named({ ...(application && { application: application.name }), ...(user && { user: user.username }) });
  }, [named, context]);
  useEffect(() => {
    if (isChosen || context === undefined || minted === undefined) return;
    const application = context.application ?? applicationToBegin(context.applications, minted[0]);
    if (application === undefined || context.goneApplication !== undefined) return;
    const lastHere = minted.find((token) => token.application === application.name);
    begin({ applicationId: application.id, userId: userToBegin(context.users, lastHere) });
  }, [isChosen, begin, context, minted]);
}
