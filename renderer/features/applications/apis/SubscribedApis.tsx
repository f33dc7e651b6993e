import { Plus, Trash2 } from 'lucide-react';
import { createContext, useContext, useState } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import type { Subscription } from '../../../../preload/contract/subscriptions.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useSubscriptionActions } from '../../../store/hooks/topics/useSubscriptionActions.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { SubscriptionChip } from '../../../ui/facts/SubscriptionChip.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import { SubscribeDialog } from './SubscribeDialog.tsx';

/** The action of the remove buttons, in a context so that the columns stay the same between renders. */
const Remove = createContext<(subscription: Subscription) => void>(() => undefined);

const RemoveButton = ({ subscription }: { readonly subscription: Subscription }) => {
  const remove = useContext(Remove);
  const { api, tier } = subscription;
  return (
    <IconButton
      icon={Trash2}
      name={`Remove ${api}, ${tier}`}
      hint="Remove"
      size="small"
      look="danger"
      onClick={() => remove(subscription)}
    />
  );
};

const columns: readonly Column<Subscription>[] = [
  {
    key: 'api',
    header: 'API',
    width: 'minmax(140px, 1.5fr)',
    cell: ({ api, apiId }) => (
      <a href={hrefOf({ screen: 'apis', api: String(apiId), part: 'subscriptions' })} title={api}>
        {api}
      </a>
    ),
  },
  { key: 'tier', header: 'Tier', width: 'minmax(96px, 1fr)', cell: ({ tier }) => <span title={tier}>{tier}</span> },
  {
    key: 'state',
    header: 'State',
    width: '164px',
    cell: ({ state }) => <SubscriptionChip state={state} />,
  },
  {
    key: 'remove',
    header: 'Actions',
    headerHidden: true,
    width: '48px',
    align: 'end',
    cell: (subscription) => <RemoveButton subscription={subscription} />,
  },
];

const keyOf = ({ id }: Subscription) => id;
const labelOf = ({ api, tier }: Subscription) => `${api}, tier ${tier}`;

/** The APIs that an application may call. */
export const SubscribedApis = ({ application }: { readonly application: Application }) => {
  const { id, name, tier } = application;
  const { value, error } = useRead('subscriptions.list', { application: String(id) });
  const open = (useRead('apis.list', {}).value?.items ?? []).filter((api) => api.open);
  const { remove } = useSubscriptionActions();
  const [adding, setAdding] = useState(false);
  const items = value?.items ?? [];
  const free = open.map((api) => `${api.name}/${api.version}`).join(', ');
  return (
    <Remove value={(subscription) => void remove(subscription)}>
      <Section
        title="APIs"
        description={
          <>
            {items.length === 0 ? 'Not subscribed to an API yet. ' : `Its tokens of both key types call them. `}
            {free !== '' && `Open to every application: ${free}. `}
            {tier !== 'Unlimited' && `Each user of ${name} has the quota of the tier ${tier}.`}
          </>
        }
        actions={
          <Button icon={Plus} onClick={() => setAdding(true)}>
            Subscribe
          </Button>
        }
        plain
      >
        {error !== undefined && <ErrorNote title={error.message} details={error.code} />}
        {items.length > 0 && (
          <ShortTable
            label="Subscribed APIs"
            columns={columns}
            rows={items}
            rowKey={keyOf}
            rowLabel={labelOf}
            rowHeight={40}
          />
        )}
      </Section>
      {adding && <SubscribeDialog application={application} onClose={() => setAdding(false)} />}
    </Remove>
  );
};
