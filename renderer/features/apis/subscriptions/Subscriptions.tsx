import { AppWindow, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import type { Subscription } from '../../../../preload/contract/subscriptions.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useSubscriptionActions } from '../../../store/hooks/topics/useSubscriptionActions.ts';
import { useEditAction, useNewAction } from '../../../store/hooks/window/useCommands.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import { SubscribeDialog } from './SubscribeDialog.tsx';
import { SubscriptionDialog } from './SubscriptionDialog.tsx';
import { type SubscriptionAction, SubscriptionActions, subscriptionColumns } from './subscriptionColumns.tsx';
import styles from './subscriptions.module.css';

const keyOf = ({ id }: Subscription) => id;
const labelOf = ({ application, tier }: Subscription) => `${application}, tier ${tier}`;

/** The applications that subscribed to an API. */
export const Subscriptions = ({ api }: { readonly api: Api }) => {
  const { value, error } = useRead('subscriptions.list', { api: String(api.id) });
  const { toggleBlocked, remove } = useSubscriptionActions();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Subscription>();
  const [active, setActive] = useState<Subscription>();
  const add = () => setAdding(true);
  useNewAction('Subscribe an application', add);
  const items = value?.items ?? [];
  const atKeys = items.find(({ id }) => id === active?.id);
  useEditAction(`Change ${atKeys?.application}`, atKeys && (() => setChanging(atKeys)));
  const act = (action: SubscriptionAction, subscription: Subscription) => {
    if (action === 'block') void toggleBlocked(subscription);
    else if (action === 'remove') void remove(subscription);
    else setChanging(subscription);
  };
  const takesNone = api.state !== 'PUBLISHED';
  return (
    <SubscriptionActions value={act}>
      <Section
        title="Subscribed applications"
        description="One token calls every API that its application subscribed to."
        actions={
          items.length > 0 && (
            <Button icon={Plus} onClick={add}>
              Subscribe an application
            </Button>
          )
        }
        plain
      >
        <div className={styles.sections}>
          {api.open && <Banner title="This API is open.">Applications may call it without a subscription, too.</Banner>}
          {takesNone && (
            <Banner tone="warn" title="No new subscriptions in this state.">
              Publish the API first.
            </Banner>
          )}
          {error !== undefined && <ErrorNote title={error.message} details={error.code} />}
          {value === undefined && error === undefined && <Skeleton label="Loading the subscriptions" />}
          {value !== undefined && items.length === 0 && (
            <EmptyState
              icon={AppWindow}
              title="No application subscribed yet"
              action={
                <Button look="primary" icon={Plus} onClick={add}>
                  Subscribe an application
                </Button>
              }
            >
              Tokens of applications without a subscription get 403 and code 900908.
            </EmptyState>
          )}
          {items.length > 0 && (
            <ShortTable
              label="Subscribed applications"
              columns={subscriptionColumns}
              rows={items}
              rowKey={keyOf}
              rowLabel={labelOf}
              rowHeight={40}
              onOpen={setChanging}
              onActive={setActive}
            />
          )}
        </div>
      </Section>
      {adding && <SubscribeDialog api={api} onClose={() => setAdding(false)} />}
      {changing !== undefined && <SubscriptionDialog subscription={changing} onClose={() => setChanging(undefined)} />}
    </SubscriptionActions>
  );
};
