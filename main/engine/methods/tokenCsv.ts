import type { Token } from '../../../preload/contract/tokens.ts';

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

/** A spreadsheet takes a cell that begins like a formula for one, and runs it; an apostrophe makes it text. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** RFC 4180 section 2. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;

export const csvHeader: string = line(columns.map(([title]) => title));

/** The lines of these tokens (RFC 4180), without their values; times are ISO 8601 in UTC. */
export const csvLines = (tokens: readonly Token[], isoTime: (ms: number) => string): string =>
  tokens.map((token) => line(columns.map(([, cell]) => cell(token, isoTime)))).join('');
