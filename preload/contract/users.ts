import { z } from 'zod';
import { read, write } from './define.ts';
import { userClaims } from './userClaims.ts';
import { id, password, roles, timeMs, username, userRef } from './values.ts';

export const user = z.strictObject({
  id,
  /** `sub` of tokens with the setting `subForm: userId`. */
  uuid: z.uuid(),
  /** As typed, with store and tenant unless they are the defaults. */
  username: z.string(),
  userStore: z.string(),
  tenantDomain: z.string(),
  roles: z.array(z.string()),
  claims: userClaims,
  enabled: z.boolean(),
  hasPassword: z.boolean(),
  ownsApplications: z.int(),
  createdAtMs: timeMs,
});
export type User = z.output<typeof user>;

const one = z.strictObject({ user: userRef });
const changed = z.strictObject({ ...user.shape, tokensRevoked: z.int() });

export const users = {
  list: read('List the users', z.strictObject({}), z.strictObject({ items: z.array(user) })),
  create: write(
    'Create a user',
    z.strictObject({ username: username.describe('username'), password, roles: roles.default([]) }),
    /** `note`: a hint on the name. */
    z.strictObject({ ...user.shape, note: z.string().optional() }),
  ),
  setRoles: write(
    'Replace the roles of a user; issued tokens stay the same',
    z.strictObject({ user: userRef, roles }),
    user,
  ),
  setClaims: write(
    'Change claims of a user for ID tokens and /userinfo; others stay the same',
    z.strictObject({ user: userRef, ...userClaims.partial().shape }),
    user,
  ),
  setPassword: write(
    "Set a user's password; the user's tokens are revoked",
    z.strictObject({ user: userRef, password }),
    changed,
  ),
  disable: write("Disable a user; the user's tokens are revoked", one, changed),
  enable: write('Enable a user again', one, user),
  reveal: read("Show a user's password", one, z.strictObject({ username: z.string(), password: z.string() })),
  delete: write(
    "Delete a user; the user's tokens are revoked. Users who own applications cannot be deleted",
    one,
    z.strictObject({ id, username: z.string(), tokensRevoked: z.int() }),
  ),
};
