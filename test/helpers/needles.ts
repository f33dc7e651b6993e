/** The bytes that give a secret away, by the name of their form. */
export type Needles = ReadonlyMap<string, Buffer>;

/** What base64 makes of bytes in the middle of others, for each of the three ways they can lie: the part that is sure. */
function base64Parts(bytes: Buffer, alphabet: 'base64' | 'base64url'): [string, Buffer][] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
    const part = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [`${alphabet} after ${before} bytes`, Buffer.from(part)];
  });
}

const percentEncoded = (bytes: Buffer, digits: (hex: string) => string): Buffer =>
  Buffer.from(bytes.toString('hex').replace(/../g, (hex) => `%${digits(hex)}`));

const asIs = (hex: string) => hex;
const upper = (hex: string) => hex.toUpperCase();

const bytesForms = (bytes: Buffer): [string, Buffer][] => [
  ['plain', bytes],
  ...base64Parts(bytes, 'base64'),
  ...base64Parts(bytes, 'base64url'),
  ['hex', Buffer.from(bytes.toString('hex'))],
  ['upper-case hex', Buffer.from(upper(bytes.toString('hex')))],
  ['percent-encoded throughout', percentEncoded(bytes, upper)],
  ['percent-encoded throughout, lower case', percentEncoded(bytes, asIs)],
];

const asciiJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const textForms = (text: string): [string, Buffer][] => {
  const utf16 = Buffer.from(text, 'utf16le');
  return [
    ['percent-encoded', Buffer.from(encodeURIComponent(text))],
    ['form-encoded', Buffer.from(new URLSearchParams({ '': text }).toString().slice(1))],
    ['JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
    ['ASCII JSON', Buffer.from(asciiJson(text))],
    ['latin1', Buffer.from(text, 'latin1')],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
  ];
};

/** All forms of a secret that are searched for; those that come out alike are one. */
export function needlesOf(secret: string | Buffer): Needles {
  const forms = typeof secret === 'string' ? textForms(secret) : [];
  const found = new Map<string, [string, Buffer]>();
  for (const [form, bytes] of [...bytesForms(Buffer.from(secret)), ...forms]) {
    const key = bytes.toString('latin1');
    if (!found.has(key)) found.set(key, [form, bytes]);
  }
  return new Map(found.values());
}

/** The secrets that lie in these bytes, each as `name in form`. */
export function secretsIn(bytes: Buffer, secrets: ReadonlyMap<string, Needles>): string[] {
  const found: string[] = [];
  for (const [name, needles] of secrets) {
    for (const [form, needle] of needles) if (bytes.includes(needle)) found.push(`${name}, ${form}`);
  }
  return found;
}
