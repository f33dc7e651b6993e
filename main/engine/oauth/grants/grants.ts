import { authorizationCode } from './authorizationCode.ts';
import { clientCredentials } from './clientCredentials.ts';
import type { Grant } from './grant.ts';
import { password } from './password.ts';
import { refreshToken } from './refreshToken.ts';

/** The grants of the token endpoint by their names. Metadata lists them. */
export const grants: ReadonlyMap<string, Grant> = new Map(
  [password, clientCredentials, refreshToken, authorizationCode].map((grant) => [grant.name, grant]),
);
