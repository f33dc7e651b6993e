/** Visits the names, in lower case too, and values of a list that holds them in turn, as Node's `rawHeaders` does. */
export const forEachHeader = (
  list: readonly string[],
  visit: (lowerName: string, name: string, value: string) => void,
): void => {
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = list[at] ?? '';
    visit(name.toLowerCase(), name, list[at + 1] ?? '');
  }
};

/** Belong to one connection. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const usual: ReadonlySet<string> = new Set(hopByHop);

/** Gives the names, in lower case, that are not forwarded: the usual ones, and those that `Connection` names. */
export const hopByHopNames = (connection: string | undefined): ReadonlySet<string> => {
  if (connection === undefined || /^(?:keep-alive|close|upgrade)$/i.test(connection)) return usual;
  const named = connection.split(',').map((name) => name.trim().toLowerCase());
  return new Set([...hopByHop, ...named]);
};
