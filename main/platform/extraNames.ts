import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** What an emulator of Android calls this machine's 127.0.0.1 (Google's and Genymotion's): no address of ours, and heard. */
const emulatorNames = ['10.0.2.2', '10.0.3.2'];

/** A resolver without a network may take longer than anybody waits for a hint. */
const lookupLimitMs = 1000;

const resolveName = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * A sentence for each extra name under which nobody reaches the endpoint from this machine: addresses of other machines, and
 * host names that lead to where it does not listen. `listening`: the addresses of an endpoint that runs.
 */
export async function nameWarnings(
  names: readonly string[],
  listening: readonly string[] | undefined,
  resolve = resolveName,
): Promise<readonly string[]> {
  const own = new Set(['127.0.0.1', '::1']);
  for (const at of Object.values(networkInterfaces()).flat()) if (at !== undefined) own.add(at.address);
  const heard = new Set(listening ?? own);

  const warningOf = async (name: string): Promise<string | undefined> => {
    const address = name.toLowerCase();
    if (heard.has(address) || emulatorNames.includes(address)) return undefined;
    if (isIP(address) !== 0) {
      return own.has(address)
        ? `${name} is an address of this machine only since the endpoint started; stop the endpoint and start it again.`
        : `${name} is not an address of this machine, so the endpoint does not listen there.`;
    }
    const limit = delay(lookupLimitMs, [], { ref: false });
    const found = await Promise.race([resolve(address).catch(() => []), limit]);
    // A name that leads nowhere here may do so where it is used.
    if (found.length === 0 || found.some((where) => heard.has(where))) return undefined;
    return `${name} leads to ${[...new Set(found)].join(' and ')}, where the endpoint does not listen.`;
  };
  return (await Promise.all(names.map(warningOf))).filter((warning) => warning !== undefined);
}
