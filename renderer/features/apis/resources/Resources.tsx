import { Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { Api, ApiResource } from '../../../../preload/contract/apis.ts';
import { useNewAction } from '../../../store/hooks/window/useCommands.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ResourceDialog } from './ResourceDialog.tsx';
import { type ResourceAction, ResourceTable } from './ResourceTable.tsx';
import styles from './resources.module.css';
import { useResources } from './useResources.ts';
import { WhichResource } from './WhichResource.tsx';

type Open = { readonly edits?: ApiResource };

/** The resources of an API, and which of them a request leads to. */
export const Resources = ({ api }: { readonly api: Api }) => {
  const { resources, move, remove } = useResources(api);
  const [open, setOpen] = useState<Open>();
  const add = () => setOpen({});
  useNewAction('New resource', add);
  const act = (action: ResourceAction, resource: ApiResource) => {
    if (action === 'edit') setOpen({ edits: resource });
    else if (action === 'delete') void remove(resource);
    else move(resource, action === 'up' ? -1 : 1);
  };
  return (
    <div className={styles.sections}>
      <Section
        title="Resources"
        description="An exact path is tried first, then templates with variables in this order, then the longest path before /*."
        actions={
          resources.length > 0 && (
            <Button icon={Plus} onClick={add}>
              New resource
            </Button>
          )
        }
        plain
      >
        {resources.length === 0 ? (
          <EmptyState
            icon={Waypoints}
            title="No resource yet"
            action={
              <Button look="primary" icon={Plus} onClick={add}>
                New resource
              </Button>
            }
          >
            A resource is a verb and a URI template, like GET /orders/{'{id}'}. Other requests get 404 or 405.
          </EmptyState>
        ) : (
          <ResourceTable resources={resources} onAct={act} />
        )}
      </Section>
      <WhichResource api={api} />
      {open !== undefined && <ResourceDialog api={api} edits={open.edits} onClose={() => setOpen(undefined)} />}
    </div>
  );
};
