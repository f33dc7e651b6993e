import { useEffect } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import type { WindowContext } from '../../store/hooks/useWindowContext.ts';
import { applicationToBegin, userToBegin } from './defaults.ts';

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
