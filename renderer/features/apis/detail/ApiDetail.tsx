import { ArrowLeft, Ellipsis, SquareTerminal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useGo, useRoute } from '../../../store/hooks/window/window.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { Tabs } from '../../../ui/layout/Tabs.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { Copyable } from '../../../ui/secrets/Copyable.tsx';
import { DeleteApi } from '../DeleteApi.tsx';
import { Resources } from '../resources/Resources.tsx';
import { StateBadge } from '../StateBadge.tsx';
import { Subscriptions } from '../subscriptions/Subscriptions.tsx';
import { useCallApi } from '../useCallApi.ts';
import { nameOf } from '../words.ts';
import styles from './ApiDetail.module.css';
import { ApiSettings } from './ApiSettings.tsx';

const parts = ['settings', 'resources', 'subscriptions'] as const;
type Part = (typeof parts)[number];

/** The page of one API: its settings, its resources, and the applications that subscribed to it. */
export const ApiDetail = ({ api }: { readonly api: Api }) => {
  const { id, name, version, state } = api;
  const route = useRoute();
  const go = useGo();
  const replace = useKeyfobState((store) => store.route.replace);
  const call = useCallApi();
  const [deleting, setDeleting] = useState(false);
  const part = parts.find((one) => route.screen === 'apis' && one === route.part) ?? 'settings';
  return (
    <div className={styles.root}>
      <PageHeader
        back={
          <a className={styles.back} href={hrefOf({ screen: 'apis' })}>
            <ArrowLeft aria-hidden size={13} /> APIs
          </a>
        }
        title={name}
        nextToTitle={
          <span className={styles.nextToTitle}>
            <Badge mono>{version}</Badge>
            <StateBadge state={state} />
          </span>
        }
        description={<Copyable text={api.url} what={`URL of ${nameOf(api)}`} />}
        actions={
          <>
            <Button icon={SquareTerminal} onClick={() => call(api)}>
              Call it
            </Button>
            <Menu
              trigger={<IconButton icon={Ellipsis} name={`Actions for ${nameOf(api)}`} look="secondary" />}
              groups={[[{ label: 'Delete API…', icon: Trash2, danger: true, onSelect: () => setDeleting(true) }]]}
            />
          </>
        }
      />
      <Tabs<Part>
        aria-label={nameOf(api)}
        value={part}
        onChange={(next) => replace({ screen: 'apis', api: String(id), part: next })}
        tabs={[
          { value: 'settings', label: 'Settings', content: <ApiSettings api={api} /> },
          { value: 'resources', label: `Resources (${api.resources.length})`, content: <Resources api={api} /> },
          {
            value: 'subscriptions',
            label: `Subscriptions (${api.subscriptions})`,
            content: <Subscriptions api={api} />,
          },
        ]}
      />
      {deleting && <DeleteApi api={api} onClose={() => setDeleting(false)} onDeleted={() => go({ screen: 'apis' })} />}
    </div>
  );
};
