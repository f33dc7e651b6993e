import { Ellipsis } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { useKeyfob } from '../../../store/context.ts';
import { apiVerbs } from '../../../store/verbs/apiVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
import type { ApiDialog } from '../../../store/window/askedDialog.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import type { Column } from '../../../ui/tables/tableColumns.ts';
import { StateBadge } from '../StateBadge.tsx';
import { backendWords, nameOf } from '../words.ts';
import styles from './ApiList.module.css';

/** Opens a dialog of the screen around the table. In a context, so that its columns stay the same between renders. */
export const AskApiDialog = createContext<(dialog: ApiDialog, api: Api) => void>(() => undefined);

const Backends = ({ api }: { readonly api: Api }) => {
  const { productionBackend, sandboxBackend } = api;
  const [production, sandbox] = [backendWords(productionBackend), backendWords(sandboxBackend)];
  if (production === sandbox) {
    return <span className={production === 'none' ? styles.muted : undefined}>{production}</span>;
  }
  return (
    <div className={styles.backend} title={`Production: ${production}\nSandbox: ${sandbox}`}>
      <span>{production}</span>
      <span className={styles.muted}>Sandbox: {sandbox}</span>
    </div>
  );
};

const Actions = ({ api }: { readonly api: Api }) => {
  const keyfob = useKeyfob();
  const ask = useContext(AskApiDialog);
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} name={`Actions for ${nameOf(api)}`} size="small" />}
      groups={menuOf(apiVerbs, api, { keyfob, ask })}
    />
  );
};

export const apiColumns: readonly Column<Api>[] = [
  {
    key: 'name',
    header: 'API',
    width: 'minmax(130px, 1.7fr)',
    sortBy: nameOf,
    cell: (api) => (
      <div className={styles.name}>
        <span className={styles.title}>
          <strong title={api.name}>{api.name}</strong>
          <Badge mono>{api.version}</Badge>
          {api.isDefaultVersion && <Badge title="Requests without a version lead here.">default</Badge>}
        </span>
        <span className={styles.url}>
          <code title={api.url}>{api.basePath}</code>
          <CopyButton getText={() => api.url} what={`URL of ${nameOf(api)}`} />
        </span>
      </div>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: '104px',
    sortBy: ({ state }) => state,
    cell: ({ state }) => <StateBadge state={state} />,
  },
  {
    key: 'backend',
    header: 'Backend',
    width: 'minmax(80px, 1fr)',
    sortBy: (api) => backendWords(api.productionBackend),
    cell: (api) => <Backends api={api} />,
  },
  {
    key: 'tier',
    header: 'Tier',
    width: 'minmax(78px, 0.6fr)',
    sortBy: ({ tier }) => tier,
    cell: ({ tier }) => <span title={tier}>{tier}</span>,
  },
  {
    key: 'subscriptions',
    header: 'Subscriptions',
    width: '98px',
    align: 'end',
    sortBy: ({ subscriptions }) => subscriptions,
    cell: ({ open, subscriptions }) =>
      open ? (
        <span title="Every application may call it without a subscription.">open to all</span>
      ) : (
        formatCount(subscriptions)
      ),
  },
  {
    key: 'menu',
    header: 'Actions',
    headerHidden: true,
    width: '44px',
    align: 'end',
    cell: (api) => <Actions api={api} />,
  },
];
