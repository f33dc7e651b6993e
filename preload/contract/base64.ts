const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 with padding to bytes. Undefined for a text that is not base64 throughout. */
export function fromBase64(text: string): readonly number[] | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text.replace(/=+$/, '')) {
    held = (held << 6) | letters.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/** Encodes ASCII text as base64 with padding. */
export function toBase64(text: string): string {
  const groups = text.match(/[\s\S]{1,3}/g) ?? [];
  return groups
    .map((group) => {
      const [first = 0, second = 0, third = 0] = [...group].map((letter) => letter.charCodeAt(0));
      const held = (first << 16) | (second << 8) | third;
      const four = [18, 12, 6, 0].map((bits) => letters.charAt((held >> bits) & 63));
      return four
        .slice(0, group.length + 1)
        .join('')
        .padEnd(4, '=');
    })
    .join('');
}
