import type { Handlers } from '../../../preload/contract/index.ts';
import { demandIssuerHost } from '../describe/settings.ts';
import type { Ports } from '../ports/ports.ts';
import { patched } from './shared/patched.ts';

export const settingsHandlers = (ports: Ports): Handlers['settings'] => ({
  read: () => ports.store.settings.read(),
  write: async (changes) => {
    const save = () =>
      ports.steps.once(() => {
        const settings = patched(ports.store.settings.read(), changes);
        if (changes.issuerHost ?? changes.extraNames) demandIssuerHost(settings, changes.issuerHost === undefined);
        ports.store.settings.write(settings);
        ports.events.emit('settings.changed', {});
        return settings;
      });
    return await (changes.extraNames === undefined ? save() : ports.endpoint.rename(changes.extraNames, save));
  },
});
