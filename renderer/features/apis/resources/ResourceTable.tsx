import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { createContext, useContext, useMemo } from 'react';
import type { ApiResource } from '../../../../preload/contract/apis.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import { authWords } from '../words.ts';
import styles from './resources.module.css';
import { keyOf } from './useResources.ts';

export type ResourceAction = 'edit' | 'up' | 'down' | 'delete';

/** Actions for the table's cells, in a context so that its columns stay the same between renders. */
const ResourceActions = createContext<(action: ResourceAction, resource: ApiResource) => void>(() => undefined);

const Actions = ({ resource }: { readonly resource: ApiResource }) => {
  const act = useContext(ResourceActions);
  const name = keyOf(resource);
  return (
    <span className={styles.actions}>
      <IconButton
        icon={ArrowUp}
        name={`Move ${name} up`}
        hint="Move up"
        size="small"
        onClick={() => act('up', resource)}
      />
      <IconButton
        icon={ArrowDown}
        name={`Move ${name} down`}
        hint="Move down"
        size="small"
        onClick={() => act('down', resource)}
      />
      <IconButton icon={Pencil} name={`Edit ${name}`} hint="Edit" size="small" onClick={() => act('edit', resource)} />
      <IconButton
        icon={Trash2}
        name={`Delete ${name}`}
        hint="Delete"
        size="small"
        look="danger"
        onClick={() => act('delete', resource)}
      />
    </span>
  );
};

const columns: readonly Column<ApiResource>[] = [
  { key: 'verb', header: 'Verb', width: '72px', cell: ({ verb }) => <span className={styles.verb}>{verb}</span> },
  {
    key: 'template',
    header: 'URI template',
    width: 'minmax(98px, 1fr)',
    cell: ({ template }) => <code title={template}>{template}</code>,
  },
  {
    key: 'tokens',
    header: 'Tokens',
    width: '86px',
    cell: ({ authType }) => <span title={authWords[authType].meaning}>{authWords[authType].label}</span>,
  },
  {
    key: 'scopes',
    header: 'Scopes',
    width: 'minmax(72px, 1fr)',
    cell: ({ scopes }) =>
      scopes.length === 0 ? (
        <span className={styles.muted}>none</span>
      ) : (
        <span className={styles.scopes} title={`One of: ${scopes.join(', ')}`}>
          {scopes.map((scope) => (
            <Badge key={scope} mono>
              {scope}
            </Badge>
          ))}
        </span>
      ),
  },
  { key: 'tier', header: 'Tier', width: '82px', cell: ({ tier }) => <span title={tier}>{tier}</span> },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '124px',
    align: 'end',
    cell: (resource) => <Actions resource={resource} />,
  },
];

interface ResourceTableProps {
  readonly resources: readonly ApiResource[];
  readonly onAct: (action: ResourceAction, resource: ApiResource) => void;
}

/** The resources in declared order. A moved row keeps the focus. */
export const ResourceTable = ({ resources, onAct }: ResourceTableProps) => {
  const order = useMemo(
    () => ({
      list: 'resources',
      keyAt: (index: number) => {
        const resource = resources[index];
        return resource === undefined ? index : keyOf(resource);
      },
      indexOf: (key: string | number) => resources.findIndex((resource) => keyOf(resource) === key),
    }),
    [resources],
  );
  return (
    <ResourceActions value={onAct}>
      <ShortTable
        label="Resources"
        columns={columns}
        rows={resources}
        rowKey={keyOf}
        rowLabel={keyOf}
        rowHeight={40}
        order={order}
        onOpen={(resource) => onAct('edit', resource)}
      />
    </ResourceActions>
  );
};
