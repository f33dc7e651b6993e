import type { Handlers } from '../../../preload/contract/index.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { demandIssuerHost } from '../describe/settings.ts';
import type { Ports } from '../ports/ports.ts';

/** The settings with the changes of the input. */
const merge = (before: Settings, changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings => ({
  ...before,
  ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
});

export const settingsHandlers = (ports: Ports): Handlers['settings'] => ({
  read: () => ports.store.settings.read(),
  write: async (changes) => {
    const save = () =>
      ports.steps.once(() => {
        const settings = merge(ports.store.settings.read(), changes);
        if (changes.issuerHost ?? changes.extraNames) demandIssuerHost(settings, changes.issuerHost === undefined);
        ports.store.settings.write(settings);
        ports.events.emit('settings.changed', {});
        return settings;
      });
    return await (changes.extraNames === undefined ? save() : ports.endpoint.rename(changes.extraNames, save));
  },
});
