import { permittedDomains, permittedRanges } from './names.ts';

const sequence = 0x30;
const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

/** One DER element of less than 64 KiB. */
function element(tag: number, content: Uint8Array): Buffer {
  const { length: size } = content;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/**
 * The value of the name constraints extension (https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10): permitted subtrees only.
 * `moreDomains` are permitted in addition to the local ones.
 */
export function nameConstraints(moreDomains: readonly string[] = []): Buffer {
  const bases = [
    ...[...permittedDomains, ...moreDomains].map((domain) => element(dnsName, Buffer.from(domain))),
    ...permittedRanges.map(({ base, mask }) => element(ipAddress, Buffer.concat([base, mask]))),
  ];
  const subtrees = bases.map((base) => element(sequence, base));
  return element(sequence, element(permittedSubtrees, Buffer.concat(subtrees)));
}
