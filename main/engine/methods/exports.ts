import type { OutputOf, ParsedInputOf, Progress } from '../../../preload/contract/define.ts';
import type { Contract, Handlers } from '../../../preload/contract/index.ts';
import { basePathOf } from '../apis/paths.ts';
import { ownerOf } from '../clients/client.ts';
import { badInput, notFound } from '../errors.ts';
import type { ExportedApplication, ServerFormat } from '../ports/export.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication, findClient, findUser } from '../references.ts';
import { displayName } from '../usernames.ts';
import { defaultApiUrl } from './calls/apiCall.ts';
import { sharedCallOf } from './calls/sharedCall.ts';
import { targetOf } from './calls/target.ts';
import { exportedCalls, subscribedApis } from './exported/calls.ts';
import { exportedDevices, exportedOf, exportSetOf } from './exported/devices.ts';

type Method<M extends keyof Contract['exports']> = Contract['exports'][M];
type Input<M extends keyof Contract['exports']> = ParsedInputOf<Method<M>>;

/** Formats without a call need no API. */
const withoutCalls: ReadonlySet<Input<'devices'>['format']> = new Set(['csv', 'env', 'json', 'lines', 'qr-sheet']);

/** The keys and the user of an export. Keyfob has tokens only where it issued them, so the calls go to this machine. */
const ownersOf = (ports: Ports, input: Pick<Input<'devices'>, 'application' | 'keyType' | 'username'>) => {
  const client = findClient(ports, input);
  targetOf(client, client.keySet.server === null ? undefined : 'machine');
  return { client, user: input.username === undefined ? undefined : findUser(ports, input.username, 'username') };
};

function* exportDevices(ports: Ports, input: Input<'devices'>): Generator<Progress, OutputOf<Method<'devices'>>, void> {
  const { format, secrets } = input;
  const { client, user } = ownersOf(ports, input);
  const { devices, expired } = yield* exportedDevices(ports, client, user, input);
  if (devices.length === 0) {
    throw expired > 0
      ? notFound('device', 'All of these tokens expired. Include expired tokens, or mint them again.')
      : notFound('device', 'No device tokens match this selection. Mint some first.');
  }
  const set = exportSetOf(
    ports,
    client,
    user,
    (_, tokenUrl) => input.url ?? (withoutCalls.has(format) ? tokenUrl : defaultApiUrl(ports)),
    devices,
  );
  const { files, toFillIn, notes } = ports.writeExport(set, format, secrets);
  return {
    ...exportedOf(client.application.name, input, devices),
    files: [...files],
    notes: [...toFillIn, ...notes],
    expired,
  };
}

const applicationOf = (ports: Ports, { application, keyType }: Input<'application'>): ExportedApplication => {
  const { store } = ports;
  const row = findApplication(ports, application);
  const keySets = store.keySets.ofApplication(row.id).filter((one) => keyType === undefined || one.keyType === keyType);
  return {
    ...{ name: row.name, description: row.description, tier: row.tier, owner: displayName(ownerOf(ports, row)) },
    keySets: keySets.map((keySet) => ({ ...keySet, consumerSecret: store.keySets.revealSecret(keySet.id) })),
    subscriptions: store.subscriptions.ofApplication(row.id).flatMap(({ apiId, tier, state }) => {
      const api = store.apis.byId(apiId);
      return api === undefined ? [] : [{ api: api.name, version: api.version, tier, state }];
    }),
  };
};

/** Refuses the choice of a user where the format has no calls. */
const exportForServer = (
  ports: Ports,
  input: Input<'application'>,
  format: ServerFormat,
): OutputOf<Method<'application'>> => {
  if (input.username !== undefined) {
    throw badInput('username', `The format ${format} has no calls, so no user. Leave the user out.`);
  }
  const application = applicationOf(ports, input);
  const { files, toFillIn, notes } = ports.writeApplication(application, format, input.secrets);
  const { folder, ...rest } = exportedOf(application.name, input, []);
  return {
    ...rest,
    // The archive of `apictl` has one folder of this name.
    folder: format === 'apictl' ? `${application.owner}-${application.name}`.replace(/[/\\:*?"<>|]/g, '#') : folder,
    files: [...files],
    ...{ toFillIn: [...toFillIn], notes: [...notes], calls: 0 },
  };
};

function* exportApplication(
  ports: Ports,
  input: Input<'application'>,
): Generator<Progress, OutputOf<Method<'application'>>, void> {
  const { format, secrets, keyType = 'PRODUCTION' } = input;
  if (format === 'apictl' || format === 'devportal') return exportForServer(ports, input, format);
  const { client, user } = ownersOf(ports, { ...input, keyType });
  const { devices } = yield* exportedDevices(ports, client, user, { tokens: undefined, includeExpired: false });
  const [api] = subscribedApis(ports, client);
  const set = exportSetOf(
    ports,
    client,
    user,
    (baseUrl) => (api === undefined ? defaultApiUrl(ports) : `${baseUrl}${basePathOf(api)}/`),
    devices,
  );
  const { calls, notes: ofCalls } = exportedCalls(ports, client, set.baseUrl);
  const { files, toFillIn, notes } = ports.writeExport({ ...set, calls }, format, secrets);
  return {
    ...exportedOf(client.application.name, input, devices),
    files: [...files],
    toFillIn: [...toFillIn],
    notes: [...notes, ...ofCalls],
    calls: calls.calls.length,
  };
}

export const exportHandlers = (ports: Ports): Handlers['exports'] => ({
  application: (input) => exportApplication(ports, input),
  devices: (input) => exportDevices(ports, input),
  call(input) {
    const { warnings, ...call } = sharedCallOf(ports, input);
    const { files, notes, ...written } = ports.writeCall(call, input.forms, input.secrets);
    return { ...written, files: [...files], notes: [...notes], warnings: [...warnings], url: call.model.url };
  },
});
