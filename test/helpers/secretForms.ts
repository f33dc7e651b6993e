/** The encodings of a secret, by name. */
export type SecretForms = ReadonlyMap<string, Buffer>;

/** The base64 of bytes inside a longer text, at each of the three offsets. Leaves out characters that depend on neighbours. */
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

/** All encodings of a secret to search for, without duplicates. */
export function formsOf(secret: string | Buffer): SecretForms {
  const forms = typeof secret === 'string' ? textForms(secret) : [];
  const found = new Map<string, [string, Buffer]>();
  for (const [form, bytes] of [...bytesForms(Buffer.from(secret)), ...forms]) {
    const key = bytes.toString('latin1');
    if (!found.has(key)) found.set(key, [form, bytes]);
  }
  return new Map(found.values());
}

/** The secrets in these bytes, each as `name, encoding`. */
export function findSecrets(bytes: Buffer, secrets: ReadonlyMap<string, SecretForms>): string[] {
  const found: string[] = [];
  for (const [name, forms] of secrets) {
    for (const [form, encoded] of forms) if (bytes.includes(encoded)) found.push(`${name}, ${form}`);
  }
  return found;
}
