import { type AddressInfo, createServer, isIPv6, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { KeyfobError } from '../../../preload/contract/errors.ts';

/** One server on each address, all on one port. */
export interface Listeners<S extends Server> {
  readonly port: number;
  readonly listeners: readonly { readonly address: string; readonly server: S }[];
}

const loopback = ['127.0.0.1', '::1'];

/**
 * Gives the addresses to listen on: loopback, each of `names` that is an address of this machine, and `more`. `0.0.0.0` and `::`
 * take the place of all other addresses of their family.
 */
export const listenAddresses = (names: readonly string[], more: readonly string[] = []): readonly string[] => {
  const own = new Set(
    Object.values(networkInterfaces())
      .flat()
      .map((at) => at?.address),
  );
  const named = names.map((name) => name.toLowerCase()).filter((name) => own.has(name));
  const all = [...new Set([...loopback, ...named, ...more])];
  const isCovered = (address: string) => all.includes(isIPv6(address) ? '::' : '0.0.0.0');
  return all.filter((address) => more.includes(address) || !isCovered(address));
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Names the address of an error, unless it is loopback. */
const placeOf = (error: unknown): string =>
  error instanceof Error && 'address' in error && !loopback.includes(String(error.address))
    ? ` of ${error.address}`
    : '';

/** Listens on one address and gives the port. Rejects with Node's error. */
export const listen = (server: Server, address: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, ipv6Only: true }, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Stops accepting; resolves when the last connection is gone. */
export const closeListeners = async ({ listeners }: Pick<Listeners<Server>, 'listeners'>): Promise<void> => {
  await Promise.all(listeners.map(({ server }) => new Promise((resolve) => server.close(resolve))));
};

/**
 * Listens on all addresses or none; rejects with Node's error. Skips an address that this machine lacks (`::1` without IPv6)
 * or that needs a zone.
 */
const listenOnAll = async <S extends Server>(
  addresses: readonly string[],
  port: number,
  create: () => S,
): Promise<Listeners<S>> => {
  const listeners: { address: string; server: S }[] = [];
  let chosen = port;
  for (const address of addresses) {
    const server = create();
    try {
      chosen = await listen(server, address, chosen);
      listeners.push({ address, server });
    } catch (error) {
      const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(String(codeOf(error)));
      if (absent && address !== '127.0.0.1') continue;
      await closeListeners({ listeners });
      throw error;
    }
  }
  return { port: chosen, listeners };
};

/** Listens on the first port that is free on all addresses. Rejects with the error of the last one. */
const listenAtOneOf = async <S extends Server>(
  ports: readonly number[],
  addresses: readonly string[],
  create: () => S,
): Promise<Listeners<S>> => {
  let lastError: unknown;
  for (const port of ports) {
    try {
      return await listenOnAll(addresses, port, create);
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
};

/** The system chooses. Its choice for the first address may be taken on the next, so try again. */
const anyPort: readonly number[] = Array<number>(20).fill(0);

/** Gives a free port: one of the ten after `taken`, else any. */
const freePort = async (addresses: readonly string[], taken: number): Promise<number> => {
  const near = Array.from({ length: 10 }, (_, step) => taken + 1 + step).filter((port) => port <= 65_535);
  const free = await listenAtOneOf([...near, ...anyPort], addresses, () => createServer());
  await closeListeners(free);
  return free.port;
};

/** Gives the error for a port that is taken or forbidden, with a free one. Other errors stay as they are. */
const portError = async (error: unknown, addresses: readonly string[], taken: number): Promise<unknown> => {
  const code = codeOf(error);
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const free = await freePort(addresses, taken);
  const what =
    code === 'EADDRINUSE'
      ? `Port ${taken}${placeOf(error)} is in use by another program; stop that one, or choose another port:`
      : `Port ${taken}${placeOf(error)} may not be opened by this user; choose another port:`;
  return new KeyfobError('port_in_use', `${what} ${free} is free.`, { port: { taken, free } });
};

/**
 * Listens on one port of all addresses that this machine has. Port 0 chooses one that is free on all of them.
 * Rejects with `port_in_use`, whose details offer a free port.
 */
export const openListeners = async <S extends Server>(
  addresses: readonly string[],
  port: number,
  create: () => S,
): Promise<Listeners<S>> => {
  try {
    return await listenAtOneOf(port === 0 ? anyPort : [port], addresses, create);
  } catch (error) {
    throw await portError(error, addresses, port);
  }
};
