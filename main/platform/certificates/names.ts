import { isIPv4, isIPv6 } from 'node:net';
import { ownNames } from '../../../preload/contract/endpointNames.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';

/** A name constraint also permits all subdomains, so without leading dots (https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10). */
export const permittedDomains = ['localhost', 'local', 'test', 'internal'] as const;

const permittedNetworks = [
  ['127.0.0.0', 8],
  ['::1', 128],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
] as const;

/** The address and mask of each permitted network, as bytes. Few commands need them, and parsing takes 3 ms. */
export const permittedRanges = () =>
  permittedNetworks.map(([address, prefixLength]) => {
    const base = addressBytes(address);
    return { base, mask: base.map((_, at) => (0xff00 >> Math.min(8, Math.max(0, prefixLength - 8 * at))) & 0xff) };
  });

/** The canonical spelling of a name: lower case; IPv6 in its shortest form, without an IPv4 tail. */
function canonical(name: string): string {
  return isIPv6(name) ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name.toLowerCase();
}

/** The 4 or 16 bytes of a valid address. */
function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  const [before = '', after = ''] = canonical(address).split('::');
  const front = before.split(':').filter(Boolean);
  const back = after.split(':').filter(Boolean);
  const words = [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back];
  return Uint8Array.from(words.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]));
}

/** One label, as containers in a network are named. */
export const isSingleLabel = (name: string): boolean =>
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name.toLowerCase());

/** Whether a certificate of our authority may carry this name or address. `moreNames` are permitted too. */
export function isNamePermitted(name: string, moreNames: readonly string[] = []): boolean {
  if (moreNames.includes(name.toLowerCase())) return true;
  if (isIPv4(name) || (isIPv6(name) && !name.includes('%'))) {
    const address = addressBytes(name);
    return permittedRanges().some(
      ({ base, mask }) =>
        base.length === address.length && base.every((byte, at) => byte === ((address[at] ?? 0) & (mask[at] ?? 0))),
    );
  }
  const labels = name.toLowerCase().split('.');
  return (
    name.length <= 253 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    permittedDomains.some((domain) => domain === labels.at(-1))
  );
}

/**
 * Keyfob's own names and these, without duplicates, in canonical spelling. `moreNames` are permitted in addition to local ones.
 * Throws `name_not_permitted`.
 */
export function certificateNames(extraNames: readonly string[], moreNames: readonly string[] = []): readonly string[] {
  const outside = extraNames.find((name) => !isNamePermitted(name, moreNames));
  if (outside !== undefined) {
    throw new KeyfobError(
      'name_not_permitted',
      `The local CA cannot issue a certificate for ${outside}. Use a name that ends in .localhost, .local, .test or .internal, or a private address.`,
    );
  }
  return [...new Set([...ownNames, ...extraNames.map(canonical)])];
}
