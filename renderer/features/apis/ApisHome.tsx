import { FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Api } from '../../../preload/contract/apis.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useNewAction } from '../../store/hooks/window/useCommands.ts';
import { useGo, useRoute } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { Tabs } from '../../ui/layout/Tabs.tsx';
import styles from './apis.module.css';
import { ApiDialog } from './list/ApiDialog.tsx';
import { ApiList } from './list/ApiList.tsx';
import { ImportDialog } from './openApi/ImportDialog.tsx';
import { TierDialog } from './tiers/TierDialog.tsx';
import { Tiers } from './tiers/Tiers.tsx';

type Part = 'list' | 'tiers';

/** All APIs, and the tiers that limit their requests. */
export const ApisHome = ({ apis }: { readonly apis: readonly Api[] }) => {
  const route = useRoute();
  const go = useGo();
  const replace = useKeyfobState((state) => state.route.replace);
  const part: Part = route.screen === 'apis' && route.part === 'tiers' ? 'tiers' : 'list';
  const [open, setOpen] = useState<'api' | 'document' | 'tier'>();
  const create = () => setOpen(part === 'tiers' ? 'tier' : 'api');
  const newLabel = part === 'tiers' ? 'New tier' : 'New API';
  useNewAction(newLabel, create);

  const close = () => setOpen(undefined);
  const show = ({ id }: Pick<Api, 'id'>) => go({ screen: 'apis', api: String(id) });
  return (
    <div className={styles.home} data-part={part}>
      <PageHeader
        title="APIs"
        description="Requests at the endpoint's port, checked as WSO2's gateway does."
        actions={
          <>
            {part === 'list' && (
              <Button icon={FileUp} onClick={() => setOpen('document')}>
                Import OpenAPI
              </Button>
            )}
            <Button look="primary" icon={Plus} onClick={create}>
              {newLabel}
            </Button>
          </>
        }
      />
      <Tabs<Part>
        aria-label="APIs"
        className={styles.parts ?? ''}
        value={part}
        onChange={(next) => replace({ screen: 'apis', ...(next === 'tiers' && { part: next }) })}
        tabs={[
          { value: 'list', label: 'APIs', content: <ApiList apis={apis} onCreate={create} /> },
          { value: 'tiers', label: 'Tiers', content: <Tiers /> },
        ]}
      />
      {open === 'api' && <ApiDialog onClose={close} onCreated={show} />}
      {open === 'document' && <ImportDialog onClose={close} onImported={show} />}
      {open === 'tier' && <TierDialog onClose={close} />}
    </div>
  );
};
