/** A user name with one @, which WSO2 reads as a name and its tenant unless the setting `emailUsernames` is on. */
export interface TenantReading {
  readonly name: string;
  readonly tenantDomain: string;
  /** The user name that has the whole address as its name, in the super tenant. */
  readonly emailName: string;
}

/** Whether a user name may have been meant as an e-mail address; undefined where it has none, two @, or the super tenant. */
export const readAsTenant = (username: string): TenantReading | undefined => {
  const [, name, domain] = /^([^@]+)@([^@]+)$/.exec(username) ?? [];
  const tenantDomain = domain?.toLowerCase();
  if (name === undefined || tenantDomain === undefined || tenantDomain === 'carbon.super') return undefined;
  return { name, tenantDomain, emailName: `${username}@carbon.super` };
};
