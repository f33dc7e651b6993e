/** A user name with one @. WSO2 reads it as name and tenant, unless the setting `emailUsernames` is on. */
export interface TenantReading {
  readonly name: string;
  readonly tenantDomain: string;
  /** The user name for the whole address as a name in the super tenant. */
  readonly emailName: string;
}

/**
 * How WSO2 reads a user name that looks like an e-mail address; undefined without exactly one @, or for the super
 * tenant.
 */
export const readAsTenant = (username: string): TenantReading | undefined => {
  const [, name, domain] = /^([^@]+)@([^@]+)$/.exec(username) ?? [];
  const tenantDomain = domain?.toLowerCase();
  if (name === undefined || tenantDomain === undefined || tenantDomain === 'carbon.super') return undefined;
  return { name, tenantDomain, emailName: `${username}@carbon.super` };
};
