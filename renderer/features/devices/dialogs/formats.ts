/** A device token with its value. */
export interface WrittenToken {
  readonly device: string;
  readonly accessToken: string;
  readonly scope: string;
  /** Token time. `null`: never. */
  readonly expiresAtMs: number | null;
}

export const formats = ['lines', 'json', 'csv', 'env'] as const;
export type Format = (typeof formats)[number];

const ends = ({ expiresAtMs }: WrittenToken): string =>
  expiresAtMs === null ? 'never' : new Date(Math.min(expiresAtMs, 8.64e15)).toISOString();

/** Variable names: capitals, digits and underscores. Two devices never share one. */
export const variablesOf = (devices: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return devices.map((device) => {
    const name = `TOKEN_${device.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`;
    taken.add(free);
    return free;
  });
};

/** Writes tokens as text in a format. Names and scopes need no quoting: they contain no spaces, commas or quotes. */
export const writeTokens = (tokens: readonly WrittenToken[], format: Format): string => {
  const lines = (each: readonly string[]) => each.map((line) => `${line}\n`).join('');
  switch (format) {
    case 'lines':
      return lines(tokens.map(({ device, accessToken }) => `${device}\t${accessToken}`));
    case 'json': {
      const items = tokens.map((token) => ({
        device: token.device,
        accessToken: token.accessToken,
        scope: token.scope,
        expiresAt: ends(token),
      }));
      return `${JSON.stringify(items, undefined, 2)}\n`;
    }
    case 'csv':
      return lines([
        'device,access_token,scope,expires_at',
        ...tokens.map((token) => [token.device, token.accessToken, `"${token.scope}"`, ends(token)].join(',')),
      ]);
    case 'env': {
      const names = variablesOf(tokens.map(({ device }) => device));
      return lines(tokens.map(({ accessToken }, index) => `${names[index]}=${accessToken}`));
    }
  }
};
