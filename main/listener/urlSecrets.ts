/** Parameters whose values are secrets. Logs and histories keep URLs. */
const secretNames: ReadonlySet<string> = new Set([
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'password',
  'refresh_token',
  'subject_token',
  'token',
]);

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** Gives the names of the secret parameters in a query; `undefined` for none. The names are ours, so none of the query is kept. */
export const secretsInQuery = (query: string): readonly string[] | undefined => {
  const names = new Set(query.split('&').map((pair) => decoded(pair.replace(/=.*$/s, ''))));
  const found = [...secretNames].filter((name) => names.has(name));
  return found.length === 0 ? undefined : found;
};
