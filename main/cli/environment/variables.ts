import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import type { IssuedToken } from '../../../preload/contract/tokens.ts';
import { uniqueNames } from '../../exports/variables/names.ts';
import type { Variable } from '../../exports/variables/variables.ts';
import type { Caller } from '../../transport/reply.ts';
import type { EnvironmentFlags } from '../program/actions.ts';
import { type ChosenKeys, chosenKeys, issueForDevices, issueOne } from '../session/chosenKeys.ts';

/** The variables of a program that calls the endpoint, and the keys that they are about. */
export interface KeyfobVariables {
  readonly keys: ChosenKeys;
  readonly variables: readonly Variable[];
}

type Addresses = Pick<EndpointStatus, 'tokenUrl' | 'revokeUrl' | 'introspectUrl'>;

/** The addresses of an endpoint, as variables. */
export function addressVariables({ tokenUrl = '', revokeUrl = '', introspectUrl = '' }: Addresses): Variable[] {
  return [
    { name: 'KEYFOB_TOKEN_URL', value: tokenUrl },
    { name: 'KEYFOB_BASE_URL', value: tokenUrl.replace(/\/token$/, '') },
    { name: 'KEYFOB_REVOKE_URL', value: revokeUrl },
    { name: 'KEYFOB_INTROSPECT_URL', value: introspectUrl },
  ];
}

/** The token, and its end in real time: programs compare it with the clock of the machine. */
const tokenVariables = ({ accessToken, expiresInSeconds }: IssuedToken): Variable[] => [
  { name: 'KEYFOB_ACCESS_TOKEN', value: accessToken, secret: true },
  ...(expiresInSeconds === null
    ? []
    : [{ name: 'KEYFOB_TOKEN_EXPIRES_AT', value: new Date(Date.now() + expiresInSeconds * 1000).toISOString() }]),
];

async function issued(
  { device = [], scope, token = true }: EnvironmentFlags,
  keys: ChosenKeys,
  call: Caller,
): Promise<Variable[]> {
  if (!token) return [];
  if (device.length === 0) return tokenVariables(await issueOne({ ...keys, scope }, call));
  const tokens = await issueForDevices({ ...keys, scope, devices: device }, call);
  const devices = tokens.map((one) => one.device);
  const names = uniqueNames(devices, 'KEYFOB_ACCESS_TOKEN_', true);
  return [
    ...tokens.slice(0, 1).flatMap(tokenVariables),
    ...tokens.map(({ accessToken }, at) => ({ name: names[at] ?? '', value: accessToken, secret: true })),
  ];
}

/**
 * The addresses, keys and tokens of a command line. Several devices get a token each, and KEYFOB_ACCESS_TOKEN is the first. Throws
 * as {@link chosenKeys}, and as the endpoint refuses a token.
 */
export async function keyfobVariables(
  flags: EnvironmentFlags,
  endpoint: Addresses & { readonly caFile: string },
  call: Caller,
): Promise<KeyfobVariables> {
  const keys = await chosenKeys(flags, call);
  const { application, keyType, user } = keys;
  const { consumerKey, consumerSecret } = await call('keys.reveal', { application, keyType });
  const secret: Variable[] =
    // A public client has none.
    consumerSecret === '' ? [] : [{ name: 'KEYFOB_CONSUMER_SECRET', value: consumerSecret, secret: true }];
  const variables = [
    ...addressVariables(endpoint),
    { name: 'KEYFOB_CONSUMER_KEY', value: consumerKey },
    ...secret,
    ...(user === undefined ? [] : [{ name: 'KEYFOB_USERNAME', value: user }]),
    ...(await issued(flags, keys, call)),
    { name: 'KEYFOB_CA', value: endpoint.caFile },
  ];
  return { keys, variables };
}
