import { endpointNames } from '../../../preload/contract/endpointNames.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { badInput } from '../errors.ts';
import { differing, noteChange, type Run, wordsOf } from './run.ts';

/** Throws `bad_input` for an issuer at a host name that the endpoint does not answer to. */
export const demandIssuerHost = ({ extraNames, issuerHost }: Settings, isRenamed: boolean): void => {
  const hosts = endpointNames(extraNames);
  if (hosts.includes(issuerHost)) return;
  throw isRenamed
    ? badInput('extraNames', `The issuer is at ${issuerHost}. Set issuerHost to another name first, or at once.`)
    : badInput('issuerHost', `Use one of these names: ${hosts.join(', ')}. Others must be extra names first.`);
};

/** Writes the described settings that differ. Throws `bad_input` for an issuer at an unknown name. */
export const applySettings = (run: Run): void => {
  const { settings: store } = run.ports.store;
  const given = run.description.file.settings ?? {};
  const before = store.read();
  const changed = differing(given, before);
  for (const [name, value] of Object.entries(changed)) {
    noteChange(run, 'change', `setting:${name}`, wordsOf({ [name]: value }, { ...before }));
  }
  run.unchanged += Object.values(given).filter((value) => value !== undefined).length - Object.keys(changed).length;
  if (Object.keys(changed).length === 0) return;
  const after = { ...before, ...(changed as Partial<Settings>) };
  demandIssuerHost(after, given.issuerHost === undefined);
  store.write(after);
  run.ports.events.emit('settings.changed', {});
};
