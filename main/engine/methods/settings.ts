import { endpointNames } from '../../../preload/contract/endpointNames.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';

/** The settings with the changes of the input. */
const merge = (before: Settings, changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings => ({
  ...before,
  ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
});

/** @throws bad_input for an issuer at a host name that the endpoint does not answer to */
const demandIssuerHost = ({ extraNames, issuerHost }: Settings, isRenamed: boolean): void => {
  const hosts = endpointNames(extraNames);
  if (hosts.includes(issuerHost)) return;
  throw isRenamed
    ? badInput('extraNames', `The issuer is at ${issuerHost}. Set issuerHost to another name first, or at once.`)
    : badInput('issuerHost', `Use one of these names: ${hosts.join(', ')}. Others must be extra names first.`);
};

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
