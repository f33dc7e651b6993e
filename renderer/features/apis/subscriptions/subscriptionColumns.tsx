import { Ban, CircleCheck, Pencil, Trash2 } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Subscription } from '../../../../preload/contract/subscriptions.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { SubscriptionChip } from '../../../ui/facts/SubscriptionChip.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import styles from './subscriptions.module.css';

export type SubscriptionAction = 'block' | 'change' | 'remove';

/** Actions for the table's cells, in a context so that its columns stay the same between renders. */
export const SubscriptionActions = createContext<(action: SubscriptionAction, of: Subscription) => void>(
  () => undefined,
);

const Actions = ({ subscription }: { readonly subscription: Subscription }) => {
  const act = useContext(SubscriptionActions);
  const { application, tier, state } = subscription;
  const name = `${application}, ${tier}`;
  const active = state === 'UNBLOCKED';
  return (
    <span className={styles.actions}>
      <IconButton
        icon={active ? Ban : CircleCheck}
        name={`${active ? 'Block' : 'Unblock'} ${name}`}
        hint={active ? 'Block' : 'Unblock'}
        size="small"
        onClick={() => act('block', subscription)}
      />
      <IconButton
        icon={Pencil}
        name={`Change ${name}`}
        hint="Change"
        size="small"
        onClick={() => act('change', subscription)}
      />
      <IconButton
        icon={Trash2}
        name={`Remove ${name}`}
        hint="Remove"
        size="small"
        look="danger"
        onClick={() => act('remove', subscription)}
      />
    </span>
  );
};

export const subscriptionColumns: readonly Column<Subscription>[] = [
  {
    key: 'application',
    header: 'Application',
    width: 'minmax(140px, 1.5fr)',
    cell: ({ application, applicationId }) => (
      <a href={hrefOf({ screen: 'applications', application: String(applicationId) })} title={application}>
        {application}
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
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '104px',
    align: 'end',
    cell: (subscription) => <Actions subscription={subscription} />,
  },
];
