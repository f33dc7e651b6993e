import { element, sequence } from './der.ts';
import { permittedDomains, permittedRanges } from './names.ts';

const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

/**
 * The value of the name constraints extension (https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10): permitted subtrees only.
 * `moreDomains` are permitted in addition to the local ones.
 */
export function nameConstraints(moreDomains: readonly string[] = []): Buffer {
  const bases = [
    ...[...permittedDomains, ...moreDomains].map((domain) => element(dnsName, Buffer.from(domain))),
    ...permittedRanges().map(({ base, mask }) => element(ipAddress, Buffer.concat([base, mask]))),
  ];
  const subtrees = bases.map((base) => element(sequence, base));
  return element(sequence, element(permittedSubtrees, Buffer.concat(subtrees)));
}
