import { permittedDomains, permittedRanges } from './names.ts';

const sequence = 0x30;
const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

/** One DER element of less than 256 bytes. */
function element(tag: number, content: Uint8Array): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/** The value of the name constraints extension (https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10): permitted subtrees only. */
export function nameConstraints(): Buffer {
  const bases = [
    ...permittedDomains.map((domain) => element(dnsName, Buffer.from(domain))),
    ...permittedRanges.map(({ base, mask }) => element(ipAddress, Buffer.concat([base, mask]))),
  ];
  const subtrees = bases.map((base) => element(sequence, base));
  return element(sequence, element(permittedSubtrees, Buffer.concat(subtrees)));
}
