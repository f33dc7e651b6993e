type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for programs of others: without ours, as `KEYFOB_…` holds passphrases and keys. */
export const childEnvironment = (env: Environment): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('KEYFOB_')));
