import type { Token } from '../../../../preload/contract/tokens.ts';

type Column = readonly [title: string, cell: (token: Token, isoTime: (ms: number) => string) => string];

const columns: readonly Column[] = [
  ['id', ({ id }) => `${id}`],
  ['application', ({ application }) => application],
  ['key type', ({ keyType }) => keyType],
  ['user', ({ user }) => user],
  ['kind', ({ userType }) => (userType === 'APPLICATION' ? 'application token' : 'user token')],
  ['grant', ({ grantType }) => grantType],
  ['scopes', ({ scope }) => scope],
  ['device', ({ device }) => device ?? ''],
  ['state', ({ state }) => state],
  ['issued', ({ issuedAtMs }, isoTime) => isoTime(issuedAtMs)],
  ['expires', ({ expiresAtMs }, isoTime) => (expiresAtMs === null ? 'never' : isoTime(expiresAtMs))],
  ['last reused', ({ lastReusedAtMs }, isoTime) => (lastReusedAtMs === undefined ? '' : isoTime(lastReusedAtMs))],
  ['reuse count', ({ reuseCount }) => `${reuseCount}`],
];

/** Prefixes an apostrophe to a cell that starts like a formula, because spreadsheets would run it. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Quotes a cell (https://www.rfc-editor.org/rfc/rfc4180#section-2). */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;

export const csvHeader: string = line(columns.map(([title]) => title));

/** These tokens as CSV lines, without their values; times are ISO 8601 in UTC. */
export const csvLines = (tokens: readonly Token[], isoTime: (ms: number) => string): string =>
  tokens.map((token) => line(columns.map(([, cell]) => cell(token, isoTime)))).join('');
