import { Pencil, Trash2 } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Tier } from '../../../../preload/contract/tiers.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import styles from './tiers.module.css';
import { canDelete, tierWords, unlimited } from './tierWords.ts';

export type TierAction = 'edit' | 'delete';

/** Actions for the table's cells, in a context so that its columns stay the same between renders. */
export const TierActions = createContext<(action: TierAction, tier: Tier) => void>(() => undefined);

const Actions = ({ tier }: { readonly tier: Tier }) => {
  const act = useContext(TierActions);
  const { level, name } = tier;
  if (name === unlimited) return null;
  const what = `${level} tier ${name}`;
  return (
    <span className={styles.actions}>
      <IconButton icon={Pencil} name={`Edit the ${what}`} hint="Edit" size="small" onClick={() => act('edit', tier)} />
      {canDelete(tier) && (
        <IconButton
          icon={Trash2}
          name={`Delete the ${what}`}
          hint="Delete"
          size="small"
          look="danger"
          onClick={() => act('delete', tier)}
        />
      )}
    </span>
  );
};

export const tierColumns: readonly Column<Tier>[] = [
  {
    key: 'name',
    header: 'Tier',
    width: 'minmax(150px, 1fr)',
    cell: ({ name, builtIn }) => (
      <span className={styles.name}>
        <strong title={name}>{name}</strong>
        {!builtIn && <Badge>own</Badge>}
      </span>
    ),
  },
  {
    key: 'limits',
    header: 'Limits',
    width: 'minmax(180px, 2fr)',
    cell: (tier) => {
      const words = tierWords(tier);
      return <span title={tier.description === '' ? words : `${words}\n${tier.description}`}>{words}</span>;
    },
  },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '76px',
    align: 'end',
    cell: (tier) => <Actions tier={tier} />,
  },
];
