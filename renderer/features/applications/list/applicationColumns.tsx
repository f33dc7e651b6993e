import { Ellipsis } from 'lucide-react';
import type { Application } from '../../../../preload/contract/applications.ts';
import { useLiveTokensOf } from '../../../store/hooks/topics/useTokens.ts';
import { type ApplicationVerbActions, applicationVerbs } from '../../../store/verbs/applicationVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import { keyTypeLooks } from '../words.ts';
import styles from './ApplicationList.module.css';

const LiveTokens = ({ application: { name, activeTokens } }: { readonly application: Application }) => {
  const count = useLiveTokensOf(name, activeTokens);
  return count === undefined ? null : formatCount(count);
};

/** The columns of the list. Create them once: rows are redrawn when they change. */
export const applicationColumns = (actions: ApplicationVerbActions): readonly Column<Application>[] => [
  {
    key: 'name',
    header: 'Application',
    width: 'minmax(170px, 1fr)',
    sortBy: ({ name }) => name,
    cell: ({ name, owner, description, createdAtMs }) => (
      <div className={styles.name}>
        <strong>{name}</strong>
        <span>
          {owner} · {description === '' ? `created ${formatInstant(createdAtMs)}` : description}
        </span>
      </div>
    ),
  },
  {
    key: 'keys',
    header: 'Keys',
    width: '196px',
    sortBy: ({ keyTypes }) => keyTypes.join(' '),
    cell: ({ keyTypes }) =>
      keyTypes.length === 0 ? (
        <span className={styles.none}>none yet</span>
      ) : (
        <div className={styles.chips}>
          {keyTypes.map((keyType) => (
            <Badge key={keyType} tone={keyTypeLooks[keyType].tone} icon={keyTypeLooks[keyType].icon}>
              {keyTypeLooks[keyType].label}
            </Badge>
          ))}
        </div>
      ),
  },
  {
    key: 'tokens',
    header: 'Active tokens',
    width: '104px',
    align: 'end',
    cell: (application) => <LiveTokens application={application} />,
  },
  {
    key: 'menu',
    header: 'Actions',
    headerHidden: true,
    width: '48px',
    align: 'end',
    cell: (application) => (
      <Menu
        trigger={<IconButton icon={Ellipsis} name={`Actions for ${application.name}`} size="small" />}
        groups={menuOf(applicationVerbs, application, actions)}
      />
    ),
  },
];
