import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isNamePermitted } from '../certificates/names.ts';

/** Addresses that Android emulators (Google's and Genymotion's) map to this machine's 127.0.0.1. */
const emulatorNames = ['10.0.2.2', '10.0.3.2'];

/** Limits the wait for a hint. A resolver without a network may take much longer. */
const lookupLimitMs = 1000;

/** Gives the addresses of this machine in its networks that a certificate may carry, IPv4 first. */
export function networkAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((at) => at ?? []);
  // A link-local address means nothing without the name of an interface.
  const isLinkLocal = /^(?:fe80:|169\.254\.)/i;
  const others = all.filter((at) => !at.internal && !isLinkLocal.test(at.address) && isNamePermitted(at.address));
  return others.map(({ address }) => address).toSorted((one, other) => isIP(one) - isIP(other));
}

const resolveName = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Gives a warning for each extra name that does not lead to the endpoint: addresses of other machines, and host names that resolve to
 * addresses it does not listen on. `listening` holds the addresses of a running endpoint.
 */
export async function nameWarnings(
  names: readonly string[],
  listening: readonly string[] | undefined,
  resolve = resolveName,
): Promise<readonly string[]> {
  const own = new Set(['127.0.0.1', '::1']);
  for (const at of Object.values(networkInterfaces()).flat()) if (at !== undefined) own.add(at.address);
  const reachable = new Set(listening ?? own);

  const warningOf = async (name: string): Promise<string | undefined> => {
    const address = name.toLowerCase();
    if (reachable.has(address) || emulatorNames.includes(address)) return undefined;
    if (isIP(address) !== 0) {
      return own.has(address)
        ? `${name} became an address of this machine after the endpoint started. Stop the endpoint and start it again.`
        : `${name} is not an address of this machine, so the endpoint does not listen there.`;
    }
    const limit = delay(lookupLimitMs, [], { ref: false });
    const found = await Promise.race([resolve(address).catch(() => []), limit]);
    // A name that does not resolve here may resolve on the client's machine.
    if (found.length === 0 || found.some((resolved) => reachable.has(resolved))) return undefined;
    return `${name} resolves to ${[...new Set(found)].join(' and ')}, but the endpoint does not listen there.`;
  };
  return (await Promise.all(names.map(warningOf))).filter((warning) => warning !== undefined);
}
