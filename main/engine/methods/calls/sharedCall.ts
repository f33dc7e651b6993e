import type { ParsedInputOf } from '../../../../preload/contract/define.ts';
import { duration } from '../../../../preload/contract/durations.ts';
import { endpointNames, ownNames } from '../../../../preload/contract/endpointNames.ts';
import { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { RunnableCall } from '../../../../preload/contract/snippets.ts';
import type { Client } from '../../clients/client.ts';
import { badInput } from '../../errors.ts';
import type { SharedCall } from '../../ports/export.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SnippetModel } from '../../ports/snippet.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { findClient } from '../../references.ts';
import { expiryMs } from '../../tokens/lifetime.ts';
import { slugOf } from '../shared/slug.ts';
import { hostOf, isLoopback } from './apiCall.ts';
import { callOf } from './callOf.ts';

type Method = Contract['exports']['call'];
type Input = ParsedInputOf<Method>;

const usualPort = 8243;
const authority = /^(https?:\/\/)(?:[^/?#\\@]*@)?(?:\[[\da-f:.]+\]|[^/?#\\@:[\]]+)(?::(\d+))?(?=[/?#]|$)/i;

const withHost = (url: string, host: string, port?: number): string =>
  url.replace(authority, (_, scheme: string, own?: string) => {
    const at = port ?? own;
    return `${scheme}${host.includes(':') ? `[${host}]` : host}${at === undefined ? '' : `:${at}`}`;
  });

/** Whether the endpoint or the gateway answers at a URL. */
const isOwnUrl = ({ store, endpoint }: Ports, url: string): boolean => {
  const { port, httpPort, extraNames } = store.settings.read();
  const status = endpoint.status();
  const host = hostOf(url);
  const names = [...endpointNames(extraNames), ...status.names].map((name) => name.toLowerCase());
  const [, scheme = '', at] = authority.exec(url) ?? [];
  const asked = Number(at ?? (scheme.toLowerCase() === 'https://' ? 443 : 80));
  return (
    host !== undefined &&
    names.includes(host) &&
    [status.port ?? port, status.httpPort ?? httpPort].some((own) => own === asked)
  );
};

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);

/** The names and addresses that other machines may use for this one, addresses first. */
const networkHosts = ({ store, endpoint }: Ports): readonly string[] => {
  const names = [...endpointNames(store.settings.read().extraNames), ...endpoint.status().names];
  const others = [...new Set(names)].filter((name) => !ownNames.some((own) => own === name) && !isLoopback(name));
  return others.toSorted((one, other) => Number(isAddress(other)) - Number(isAddress(one)));
};

/** The name of this machine in its network. Throws `refused` without one, `bad_input` for one it does not answer to. */
const networkHost = (ports: Ports, asked: string | undefined): string => {
  const hosts = networkHosts(ports);
  const host = asked === undefined ? hosts[0] : hosts.find((one) => one.toLowerCase() === asked.toLowerCase());
  if (host !== undefined) return host;
  const add = `keyfob settings write --extra-names ${[...ports.store.settings.read().extraNames, asked ?? '192.168.1.20'].join(' ')}`;
  if (asked !== undefined) throw badInput('host', `The endpoint does not answer to ${asked}. Add it first: ${add}`);
  throw new KeyfobError(
    'refused',
    `The endpoint answers to this machine only. Add an address or name that the network knows, like this: ${add}`,
  );
};

/** Why a call by this host may get no answer. */
const networkWarnings = ({ endpoint }: Ports, host: string): readonly string[] => {
  const { running, addresses } = endpoint.status();
  if (!running) return ['The endpoint is stopped. Start it before they call.'];
  if (!addresses.every(isLoopback)) return [];
  return [
    `The endpoint listens on ${addresses.join(' and ')} only. With ${host}, emulators and containers of this machine reach it; other machines need an address of this machine in extra-names.`,
  ];
};

const purposes: Readonly<Record<RunnableCall, string>> = {
  token: 'gets an access token',
  refresh: 'refreshes a token',
  revoke: 'revokes a token',
  introspect: 'introspects a token',
  api: 'requests an API with a token',
};

const whoseOf = ({ application, keySet }: Client, { username, device }: Input): string =>
  [
    `"${application.name}" (${keySet.keyType})`,
    ...(username === undefined ? [] : [`for ${username}`]),
    ...(device === undefined ? [] : [`on ${device}`]),
  ].join(' ');

/** The receiver's clock shows real time, so an expiry is told in real time. */
const expirySentence = (
  { clock }: Ports,
  { keySet }: Client,
  { call, username }: Input,
  row: TokenRow | undefined,
): string => {
  if (call === 'token' || call === 'refresh') {
    const seconds = username === undefined ? keySet.applicationTokenValiditySeconds : keySet.userTokenValiditySeconds;
    return seconds < 0 ? 'Its tokens never expire.' : `A new token expires after ${duration(seconds)}.`;
  }
  if (row === undefined) return 'No active token matches this call. Issue one first.';
  const endsAtMs = expiryMs(row);
  if (endsAtMs === null) return 'The token never expires.';
  const leftMs = endsAtMs - clock.tokenTimeMs();
  const at = clock.isoTime(clock.realTimeMs() + leftMs).replace(/\.\d+Z$/, 'Z');
  return leftMs <= 0
    ? `The token expired at ${at}.`
    : `The token expires at ${at}, ${duration(leftMs / 1000)} after these files were written.`;
};

const beside = { caFile: './ca.pem' } as const;

/** A model with the certificate next to the command. */
const withCa = (ports: Ports, { keySet }: Client, model: SnippetModel): Pick<SharedCall, 'model' | 'caPem'> => {
  if (model.caFile === undefined || !/^https:/i.test(model.url)) return { model };
  const ours = ports.endpoint.ca();
  const caPem = model.caFile === ours.caFile ? ours.pem : (keySet.server?.caCertificate ?? ours.pem);
  return { caPem, model: { ...model, ...beside } };
};

interface Reached extends Pick<SharedCall, 'model' | 'caPem'> {
  /** What the receiver needs first. */
  readonly needs: readonly string[];
  readonly warnings: readonly string[];
}

/** The call for a Keyfob of the receiver, which has other keys and another authority. */
const forOtherKeyfob = (ports: Ports, client: Client, { username, secrets }: Input, model: SnippetModel): Reached => {
  if (secrets === 'real') {
    throw badInput(
      'secrets',
      'This endpoint cannot be reached from elsewhere, and another Keyfob has other secrets. Use env or placeholder.',
    );
  }
  const placeholder = 'YOUR_CONSUMER_KEY';
  const isOurs = isOwnUrl(ports, model.url);
  const user = username === undefined ? '' : `, and the user ${username}`;
  return {
    model: {
      ...model,
      caVariable: true,
      ...(isOurs && { url: withHost(model.url, 'localhost', usualPort) }),
      ...(model.basic && { basic: { ...model.basic, consumerKey: placeholder } }),
    },
    needs: [
      `It is for a Keyfob of your own: create the application "${client.application.name}"${user} there.`,
      ...(model.basic === undefined ? [] : [`Replace ${placeholder} with its consumer key.`]),
      ...(model.caFile === undefined
        ? []
        : ['Set KEYFOB_CA to the path of its certificate, the caFile of `keyfob endpoint status`.']),
    ],
    warnings: [
      'This endpoint cannot be reached from elsewhere. The call is for a Keyfob on their machine, which has other keys.',
    ],
  };
};

/** The call as the receiver reaches this machine. Throws as {@link networkHost}, and `bad_input` for other URLs of this machine. */
const forNetwork = (ports: Ports, client: Client, { host }: Input, model: SnippetModel): Reached => {
  if (!isOwnUrl(ports, model.url)) {
    if (isLoopback(hostOf(model.url) ?? '')) {
      throw badInput(
        'url',
        'Other machines cannot reach this URL of this machine. Create an API with this backend, and share a call of that.',
      );
    }
    return { ...withCa(ports, client, model), needs: [], warnings: [] };
  }
  const name = networkHost(ports, host);
  const moved = { ...model, url: withHost(model.url, name) };
  return { ...withCa(ports, client, moved), needs: [], warnings: networkWarnings(ports, name) };
};

/**
 * A call for another person, and why it may get no answer. Provided keys call their server from elsewhere. Throws `refused`
 * for the network while the endpoint has no name there, `bad_input` for real secrets of a Keyfob elsewhere.
 */
export const sharedCallOf = (ports: Ports, input: Input): SharedCall & Pick<Reached, 'warnings'> => {
  const client = findClient(ports, input);
  const { call, receiver, secrets } = input;
  const { server, servedHere } = client.keySet;
  const toServer = server !== null && (receiver === 'elsewhere' || !servedHere);
  const target = { target: server === null ? undefined : toServer ? ('server' as const) : ('machine' as const) };
  const { model, row } = callOf(ports, { ...input, ...target, insecure: false }, secrets === 'real');
  const isElsewhere = !toServer && receiver === 'elsewhere';
  const reached = isElsewhere
    ? forOtherKeyfob(ports, client, input, model)
    : !toServer && receiver === 'network'
      ? forNetwork(ports, client, input, model)
      : { ...withCa(ports, client, model), needs: [], warnings: [] };
  const { needs, warnings, ...shared } = reached;
  return {
    ...shared,
    warnings,
    name: `${slugOf(client.application.name)}-${call}`,
    introduction: [
      `This call ${purposes[call]} of ${whoseOf(client, input)}. It goes to ${shared.model.url}`,
      ...needs,
    ],
    expiry: toServer
      ? `${model.server ?? 'The server'} decides when its tokens expire.`
      : isElsewhere
        ? 'Your Keyfob decides when its tokens expire.'
        : expirySentence(ports, client, input, row),
  };
};
