import type { OutputOf, ParsedInputOf, Progress } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Client } from '../../clients/client.ts';
import { badInput } from '../../errors.ts';
import type { ExportedDevice, ExportSet } from '../../ports/export.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenFilter } from '../../ports/store/tokenFilter.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { deviceOf } from '../../scopeRules.ts';
import { expiryMs } from '../../tokens/lifetime.ts';
import { displayName } from '../../usernames.ts';
import { apiModel } from '../calls/apiCall.ts';
import { basicOf } from '../calls/callOf.ts';
import { addressesOf } from '../calls/target.ts';
import { slugOf } from '../shared/slug.ts';

type Method = MethodOf<'exports.devices'>;
type Selection = Pick<ParsedInputOf<Method>, 'tokens' | 'includeExpired'>;

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
function* rowsOf(ports: Ports, tokens: Selection['tokens'], filter: TokenFilter): ReturnType<typeof activeRows> {
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

/** The device tokens of a selection, and how many expired ones it leaves out. Throws `bad_input` as above. */
export function* exportedDevices(
  ports: Ports,
  { keySet }: Client,
  user: UserRow | undefined,
  { tokens, includeExpired }: Selection,
): Generator<Progress, { readonly devices: readonly ExportedDevice[]; readonly expired: number }, void> {
  const rows = yield* rowsOf(ports, tokens, {
    keySetIds: [keySet.id],
    state: 'ACTIVE',
    userId: user?.id,
    userType: user === undefined ? 'APPLICATION' : 'APPLICATION_USER',
    forDevice: true,
  });
  const nowMs = ports.clock.tokenTimeMs();
  const exported = includeExpired ? rows : rows.filter((row) => (expiryMs(row) ?? nowMs + 1) > nowMs);
  const devices: ExportedDevice[] = [];
  for (const row of exported) {
    if (devices.length > 0 && devices.length % rowsPerStep === 0)
      yield { done: devices.length, total: exported.length };
    devices.push(deviceOfRow(ports, row));
  }
  return { devices, expired: rows.length - exported.length };
}

/** What every export of calls holds. `apiUrlAt` gives the URL of the API to call, from the endpoint's address and its token address. */
export const exportSetOf = (
  ports: Ports,
  client: Client,
  user: UserRow | undefined,
  apiUrlAt: (baseUrl: string, tokenUrl: string) => string,
  devices: readonly ExportedDevice[],
): ExportSet => {
  const { tokenUrl } = addressesOf(ports, { server: undefined });
  const baseUrl = tokenUrl.replace(/^(https:\/\/[^/]+).*/, '$1');
  const apiUrl = apiUrlAt(baseUrl, tokenUrl);
  const { caFile, ...apiCall } = apiModel(ports, apiUrl, null);
  return {
    application: client.application.name,
    keyType: client.keySet.keyType,
    basic: basicOf(ports, client),
    ...(user !== undefined && {
      user: { name: displayName(user), password: ports.store.users.revealPassword(user.id) ?? null },
    }),
    ...{ baseUrl, tokenUrl },
    apiCall: { ...apiCall, ...(caFile !== undefined && { caFile: 'ca.pem' }) },
    caPem: ports.endpoint.ca().pem,
    devices,
  };
};

/** The part of an answer that all exports share. */
export const exportedOf = (
  name: string,
  { format, secrets }: Pick<ParsedInputOf<Method>, 'secrets'> & { readonly format: string },
  devices: readonly ExportedDevice[],
): Pick<OutputOf<Method>, 'folder' | 'containsSecrets' | 'devices' | 'notKept'> => ({
  folder: `keyfob-${slugOf(name)}-${format}`,
  containsSecrets: secrets === 'real',
  devices: devices.length,
  notKept: devices.filter(({ token }) => token === null).length,
});
