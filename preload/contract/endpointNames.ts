/** Names of this machine in each certificate, which the endpoint always answers to. */
export const ownNames = ['localhost', '127.0.0.1', '::1'] as const;

/** The names that the endpoint answers to, each once. The issuer has one of them as its host name. */
export const endpointNames = (extraNames: readonly string[]): readonly string[] => [
  ...new Set([...ownNames, ...extraNames]),
];
