import { createHash } from 'node:crypto';
import type { GatewayCaller } from '../../engine/gateway/gateway.ts';
import type { Profile } from '../faults/fault.ts';
import type { Admitted } from '../headers/credentials.ts';

const dialect = 'http://wso2.org/claims/';

/** WSO2 writes users of the tenant `carbon.super` without it where they own an application. */
const bareName = (user: string): string => user.replace(/@carbon\.super$/, '');

/** Keyfob's applications have numbers only. The same application always gets the same UUID. */
const uuidOf = ({ applicationId }: GatewayCaller): string => {
  const hex = createHash('sha256').update(`application ${applicationId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The times of a JWT, in seconds of token time since 1970. */
export interface Times {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Claims about the caller (gateway reference 11). 4.x is written by the gateway's generator, earlier ones by the key manager's. */
export const claimsOf = (
  { api, basePath }: Pick<Admitted, 'api' | 'basePath'>,
  caller: GatewayCaller,
  profile: Profile,
  { issuedAt, expiresAt }: Times,
  id: string,
): Readonly<Record<string, unknown>> => {
  const about = {
    subscriber: bareName(caller.applicationOwner),
    applicationid: `${caller.applicationId}`,
    applicationname: caller.application,
    applicationtier: caller.applicationTier,
    apicontext: basePath,
    version: api.version,
    tier: caller.subscriptionTier,
    keytype: caller.keyType,
    usertype: profile === '4.x' ? 'Application_User' : caller.userType,
    enduser: caller.user,
    enduserTenantId: '-1234',
    applicationUUId: uuidOf(caller),
    applicationAttributes: {},
    ...(profile === '4.x' && { apiname: api.name }),
  };
  return {
    iss: 'wso2.org/products/am',
    ...(profile === '4.x' && { sub: caller.user }),
    exp: expiresAt,
    ...(profile !== '2.6' && { iat: issuedAt, jti: id }),
    ...Object.fromEntries(Object.entries(about).map(([name, value]) => [`${dialect}${name}`, value])),
  };
};
