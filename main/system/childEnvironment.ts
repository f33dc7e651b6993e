type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for other programs: without `KEYFOB_…` variables, which may hold passphrases and keys. */
export const childEnvironment = (env: Environment): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('KEYFOB_')));
