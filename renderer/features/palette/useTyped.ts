import { AppWindow, Smartphone } from 'lucide-react';
import { deviceName } from '../../../preload/contract/values.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useWindowContext } from '../../store/hooks/window/useWindowContext.ts';
import { failureToast } from '../../store/window/toasts.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import type { PaletteEntry, PaletteGroup } from './entry.ts';

/** Words that say what the rest of the text names. */
const verb = /^(?:create|new|add|mint)\s+(?:(?:application|app|device|token)s?\s+)?/i;

/** Creates what was typed: an application, or a device token in the context. Asks nothing more. */
export function useTyped(search: string): PaletteGroup {
  const { host, store } = useKeyfob();
  const context = useWindowContext();
  const name = search.replace(verb, '').trim();
  const { go } = store.getState().route;
  const create = async () => {
    try {
      const { id } = await host.call('applications.create', { name });
      go({ screen: 'applications', application: String(id) });
    } catch (error) {
      store.getState().toasts.show(failureToast('The application was not created.', asKeyfobError(error)));
    }
  };
  const entries: PaletteEntry[] = [];
  const { application, keyType, user } = context ?? {};
  const taken = context?.applications.some((one) => one.name.toLowerCase() === name.toLowerCase()) ?? true;
  if (application !== undefined && keyType !== undefined && user !== undefined && deviceName.safeParse(name).success) {
    const owner = { applicationId: application.id, application: application.name, keyType, username: user?.username };
    entries.push({
      id: 'typed device',
      label: `Mint device “${name}”`,
      detail: `${application.name} · ${keyTypeNames[keyType]} · ${user?.username ?? 'no user'}`,
      icon: Smartphone,
      found: true,
      run() {
        go({ screen: 'devices' });
        void store.getState().devices.mint(owner, [name], { scope: '' });
      },
    });
  }
  if (name !== '' && name.length <= 100 && !taken) {
    entries.push({
      id: 'typed application',
      label: `Create application “${name}”`,
      icon: AppWindow,
      found: true,
      run: () => void create(),
    });
  }
  return { heading: 'As typed', entries: /^mint|device/i.test(search) ? entries : entries.toReversed() };
}

/** Whether the text asks to create something. */
export const asksToCreate = (search: string): boolean => verb.test(search) && search.replace(verb, '').trim() !== '';
