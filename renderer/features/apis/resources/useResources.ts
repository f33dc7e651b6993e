import { useState } from 'react';
import type { Api, ApiResource } from '../../../../preload/contract/apis.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { failureToast } from '../../../store/window/toasts.ts';

export const keyOf = ({ verb, template }: ApiResource): string => `${verb} ${template}`;

/** The resources of an API in declared order, and the actions that change them at once. */
export function useResources(api: Api) {
  const { host, store } = useKeyfob();
  /** The saved list, until the API is read again. A second press must act on the result of the first. */
  const [ahead, setAhead] = useState<{ readonly of: Api; readonly resources: readonly ApiResource[] }>();
  const resources = ahead?.of === api ? ahead.resources : api.resources;
  const { show } = store.getState().toasts;

  async function save(next: readonly ApiResource[]): Promise<boolean> {
    setAhead({ of: api, resources: next });
    try {
      await host.call('apis.update', { api: String(api.id), resources: next.map((one) => ({ ...one })) });
      return true;
    } catch (error) {
      setAhead(undefined);
      show(failureToast('The resources were not saved.', asKeyfobError(error)));
      return false;
    }
  }

  return {
    resources,
    /** Moves a resource by one place. */
    move(resource: ApiResource, step: 1 | -1): void {
      const from = resources.indexOf(resource);
      const to = from + step;
      const other = resources[to];
      if (from === -1 || other === undefined) return;
      void save(resources.with(from, other).with(to, resource));
    },
    async remove(resource: ApiResource): Promise<void> {
      const before = resources;
      if (!(await save(resources.filter((one) => one !== resource)))) return;
      show({
        title: `${keyOf(resource)} was deleted.`,
        action: { label: 'Undo', alternative: 'Add it again', run: () => void save(before) },
      });
    },
  };
}
