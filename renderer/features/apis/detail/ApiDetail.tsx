import { Ellipsis, SquareTerminal } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { useAskedDialog } from '../../../store/hooks/window/useAskedDialog.ts';
import { useGo, useRoute } from '../../../store/hooks/window/window.ts';
import { apiVerbs, callApi } from '../../../store/verbs/apiVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
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
import { nameOf } from '../words.ts';
import styles from './ApiDetail.module.css';
import { ApiSettings } from './ApiSettings.tsx';

const parts = ['settings', 'resources', 'subscriptions'] as const;
type Part = (typeof parts)[number];

/** The verbs that have a button or a part of the page. */
const withButtons = ['edit api', 'call api', 'copy api url'];

/** The page of one API: its settings, its resources, and the applications that subscribed to it. */
export const ApiDetail = ({ api }: { readonly api: Api }) => {
  const { id, name, version, state } = api;
  const route = useRoute();
  const go = useGo();
  const replace = useKeyfobState((store) => store.route.replace);
  const keyfob = useKeyfob();
  const [deleting, setDeleting] = useState(false);
  const askToDelete = () => setDeleting(true);
  const self = useMemo(() => [api], [api]);
  useAskedDialog('api', self, askToDelete);
  const part = parts.find((one) => route.screen === 'apis' && one === route.part) ?? 'settings';
  return (
    <div className={styles.root}>
      <PageHeader
        back={{ href: hrefOf({ screen: 'apis' }), label: 'APIs' }}
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
            <Button icon={SquareTerminal} onClick={() => callApi(keyfob, api)}>
              Call it
            </Button>
            <Menu
              trigger={<IconButton icon={Ellipsis} name={`Actions for ${nameOf(api)}`} look="secondary" />}
              groups={menuOf(apiVerbs, api, { keyfob, ask: askToDelete }, withButtons)}
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
