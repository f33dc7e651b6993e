import type { OutputOf, ParsedInputOf, Progress } from '../../../preload/contract/define.ts';
import type { Contract, Handlers } from '../../../preload/contract/index.ts';
import { badInput, notFound } from '../errors.ts';
import type { ExportedDevice, ExportSet } from '../ports/export.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenFilter } from '../ports/store/tokenFilter.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import { findClient, findUser } from '../references.ts';
import { deviceOf } from '../scopeRules.ts';
import { expiryMs } from '../tokens/lifetime.ts';
import { displayName } from '../usernames.ts';
import { apiModel, defaultApiUrl } from './calls/apiCall.ts';
import { basicOf } from './calls/callOf.ts';
import { sharedCallOf } from './calls/sharedCall.ts';
import { addressesOf, targetOf } from './calls/target.ts';

type Method = Contract['exports']['devices'];
type Input = ParsedInputOf<Method>;

const mostTokens = 10_000;
const rowsPerStep = 200;

/** The ACTIVE device tokens of an owner, oldest first. Throws `bad_input` for too many. */
function* activeRows({ store }: Ports, filter: TokenFilter): Generator<Progress, readonly TokenRow[], void> {
  const rows: TokenRow[] = [];
  let beforeId: number | undefined = store.tokens.nextId();
  while (beforeId !== undefined) {
    const page: ReturnType<typeof store.tokens.list> = store.tokens.list({ ...filter, beforeId }, rowsPerStep);
    rows.push(...page.found);
    if (rows.length > mostTokens) {
      throw badInput('tokens', `An export holds at most ${mostTokens} tokens. Name the tokens to export.`);
    }
    beforeId = page.olderThanId;
    yield { done: rows.length, total: mostTokens };
  }
  return rows.reverse();
}

/** The tokens of an input. Throws `bad_input` for a named token that is not an ACTIVE device token of this owner. */
function* rowsOf(ports: Ports, tokens: Input['tokens'], filter: TokenFilter): ReturnType<typeof activeRows> {
  if (tokens === undefined) return yield* activeRows(ports, filter);
  return tokens.map((id) => {
    const row = ports.store.tokens.byId(id);
    const isOwn =
      row !== undefined &&
      filter.keySetIds?.includes(row.keySetId) &&
      row.userType === filter.userType &&
      (filter.userId === undefined || row.userId === filter.userId);
    if (isOwn && row.state === 'ACTIVE' && deviceOf(row.scope) !== undefined) return row;
    throw badInput('tokens', `Token ${id} is not an active device token of this selection. Leave it out.`);
  });
}

const deviceOfRow = ({ store, clock }: Ports, row: TokenRow): ExportedDevice => {
  const endsAtMs = expiryMs(row);
  return {
    name: deviceOf(row.scope) ?? '',
    scope: row.scope,
    token: store.tokens.reveal(row.id) ?? null,
    expiresAt: endsAtMs === null ? 'never' : clock.isoTime(endsAtMs),
  };
};

/** Formats without a call need no API. */
const withoutCalls: ReadonlySet<Input['format']> = new Set(['csv', 'env', 'json', 'lines']);

function* exportDevices(ports: Ports, input: Input): Generator<Progress, OutputOf<Method>, void> {
  const { store, clock } = ports;
  const { format, secrets, username } = input;
  const client = findClient(ports, input);
  // Keyfob has tokens only where it issued them.
  targetOf(client, client.keySet.server === null ? undefined : 'machine');
  const user = username === undefined ? undefined : findUser(ports, username, 'username');
  const rows = yield* rowsOf(ports, input.tokens, {
    keySetIds: [client.keySet.id],
    state: 'ACTIVE',
    userId: user?.id,
    userType: user === undefined ? 'APPLICATION' : 'APPLICATION_USER',
    forDevice: true,
  });
  const nowMs = clock.tokenTimeMs();
  const exported = input.includeExpired ? rows : rows.filter((row) => (expiryMs(row) ?? nowMs + 1) > nowMs);
  const expired = rows.length - exported.length;
  if (exported.length === 0) {
    throw expired > 0
      ? notFound('device', 'All of these tokens expired. Include expired tokens, or mint them again.')
      : notFound('device', 'No device tokens match this selection. Mint some first.');
  }
  const devices: ExportedDevice[] = [];
  for (const row of exported) {
    if (devices.length > 0 && devices.length % rowsPerStep === 0)
      yield { done: devices.length, total: exported.length };
    devices.push(deviceOfRow(ports, row));
  }
  const { tokenUrl } = addressesOf(ports, { server: undefined });
  const apiUrl = input.url ?? (withoutCalls.has(format) ? tokenUrl : defaultApiUrl(ports));
  const { caFile, ...apiCall } = apiModel(ports, apiUrl, null);
  const set: ExportSet = {
    application: client.application.name,
    keyType: client.keySet.keyType,
    basic: basicOf(ports, client),
    ...(user !== undefined && {
      user: { name: displayName(user), password: store.users.revealPassword(user.id) ?? null },
    }),
    baseUrl: tokenUrl.replace(/^(https:\/\/[^/]+).*/, '$1'),
    tokenUrl,
    apiCall: { ...apiCall, ...(caFile !== undefined && { caFile: 'ca.pem' }) },
    caPem: ports.endpoint.ca().pem,
    devices,
  };
  const { files, notes } = ports.writeExport(set, format, secrets);
  const slug = client.application.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    folder: `keyfob-${slug.replace(/^-|-$/g, '') || 'application'}-${format}`,
    files: [...files],
    notes: [...notes],
    containsSecrets: secrets === 'real',
    devices: devices.length,
    expired,
    notKept: devices.filter(({ token }) => token === null).length,
  };
}

export const exportHandlers = (ports: Ports): Handlers['exports'] => ({
  devices: (input) => exportDevices(ports, input),
  call(input) {
    const { warnings, ...call } = sharedCallOf(ports, input);
    const { files, notes, ...written } = ports.writeCall(call, input.forms, input.secrets);
    return { ...written, files: [...files], notes: [...notes], warnings: [...warnings], url: call.model.url };
  },
});
