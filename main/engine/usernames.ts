/** The parts of a user name (reference 4.3). */
export interface Username {
  readonly name: string;
  /** Upper case. */
  readonly userStore: string;
  /** Lower case. */
  readonly tenantDomain: string;
}

const primary = 'PRIMARY';
const superTenant = 'carbon.super';

/**
 * Parses `user`, `user@tenant.domain`, `STORE/user` or `STORE/user@tenant.domain` (reference 4.3). With
 * `emailUsernames` (WSO2's `EnableEmailUserName`) a single @ belongs to the name, unless the super tenant follows it.
 */
export const parseUsername = (text: string, emailUsernames = false): Username => {
  const slash = text.indexOf('/');
  const rest = text.slice(slash + 1);
  const last = rest.lastIndexOf('@');
  const isEmail = emailUsernames && last === rest.indexOf('@') && rest.slice(last + 1).toLowerCase() !== superTenant;
  const at = isEmail ? -1 : last;
  return {
    name: at < 0 ? rest : rest.slice(0, at),
    userStore: slash < 0 ? primary : text.slice(0, slash).toUpperCase(),
    tenantDomain: at < 0 ? superTenant : rest.slice(at + 1).toLowerCase(),
  };
};

/**
 * The user name, with store and tenant unless they are the defaults. `parseUsername` without `emailUsernames` reverses
 * it.
 */
export const displayName = ({ name, userStore, tenantDomain }: Username): string => {
  const inStore = userStore === primary ? name : `${userStore}/${name}`;
  // A name with an @ needs its tenant, else it would be parsed as another user.
  return tenantDomain === superTenant && !name.includes('@') ? inStore : `${inStore}@${tenantDomain}`;
};

/** The user name without its tenant, like `admin` or `SECONDARY/ann`. */
export const bareName = ({ name, userStore }: Username): string =>
  userStore === primary ? name : `${userStore}/${name}`;

/** The user name with its tenant, like `admin@carbon.super`. */
export const qualifiedName = (user: Username): string => `${bareName(user)}@${user.tenantDomain}`;

/** The name in "Authentication failed for …": as typed, without the default tenant (reference 4.5). */
export const failedName = (text: string): string =>
  text.toLowerCase().endsWith(`@${superTenant}`) ? text.slice(0, -superTenant.length - 1) : text;
