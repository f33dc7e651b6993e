import type { KeyType } from '../../../preload/contract/values.ts';
import { deviceOf } from '../scopeRules.ts';
import { displayName } from '../usernames.ts';
import type { GatewayCaller, GatewayDecision, GatewayFacts, GatewayFault } from './gateway.ts';
import type { Matched } from './matching/dispatch.ts';
import { whyNoBackend, whyOverQuota } from './reasons.ts';
import type { OverQuota } from './throttling/throttle.ts';
import type { Refused } from './validation/check.ts';

type Credentials = Extract<GatewayDecision, { kind: 'admitted' }>['credentials'];

const refuse = ({ cors }: Matched, fault: GatewayFault, facts: GatewayFacts): GatewayDecision => ({
  kind: 'refused',
  fault,
  facts,
  cors,
});

/**
 * How 3.x and later word the fault of a token in the form of a JWT: with dots, of which there must be two. They treat a
 * value whose first part is no JSON as opaque.
 */
const jwtOf = (token: string | undefined, { code, row }: Refused): GatewayFault['jwt'] => {
  if (!token?.includes('.')) return undefined;
  const parts = token.split('.', 4);
  if (parts.length !== 3) return code === 900901 ? 'revoked' : 'other';
  if (!parts[0]?.startsWith('eyJ')) return undefined;
  return code === 900901 && row !== undefined && row.state !== 'ACTIVE' ? 'revoked' : 'other';
};

/** A refused token, and how it was sent. */
interface RefusedToken {
  readonly refused: Refused;
  /** Undefined without one. */
  readonly token: string | undefined;
  /** The header that should have brought it. */
  readonly authorizationHeader: string;
  /** Token time. */
  readonly atMs: number;
  /** How long the validation cache knew it; undefined if it did not. */
  readonly ageMs: number | undefined;
}

/** Refuses at authentication. The fault's texts name the API. */
export const refuseToken = (
  matched: Matched,
  { refused, token, authorizationHeader, atMs, ageMs }: RefusedToken,
): GatewayDecision => {
  const { code, row, client, user, why } = refused;
  const { api, resource } = matched;
  const { template } = resource.row;
  const about = { basePath: api.basePath, version: api.row.version, template };
  const facts: GatewayFacts = {
    api: api.label,
    template,
    ...(client && { application: client.application.name, keyType: client.keySet.keyType }),
    ...(user && { user: displayName(user) }),
    ...(row && { tokenId: row.id, device: deviceOf(row.scope) }),
    cached: ageMs !== undefined,
    why: () => why(atMs),
  };
  const jwt = jwtOf(token, refused);
  const fault: GatewayFault = { code, stage: 'authentication', api: about, authorizationHeader, ...(jwt && { jwt }) };
  return refuse(matched, fault, facts);
};

/** Refuses a throttled request. */
export const refuseQuota = (
  matched: Matched,
  { code, counter }: OverQuota,
  facts: GatewayFacts,
  timeWords: (ms: number) => string,
): GatewayDecision =>
  refuse(
    matched,
    { code, stage: 'throttling', nextAccessAtMs: counter.endMs },
    { ...facts, why: () => whyOverQuota(counter, timeWords(counter.endMs)) },
  );

/** Admits a request if its API has a backend for the key type (gateway reference 2.5). */
export const forward = (
  matched: Matched,
  keyType: KeyType,
  caller: GatewayCaller | undefined,
  credentials: Credentials,
  facts: GatewayFacts,
): GatewayDecision => {
  const { api, resource, resourcePath, cors } = matched;
  const backend = keyType === 'PRODUCTION' ? api.row.productionBackend : api.row.sandboxBackend;
  if (backend === null) {
    const why = () => whyNoBackend(caller !== undefined, keyType);
    return refuse(matched, { code: 900901, stage: 'backend', keyType }, { ...facts, why });
  }
  return {
    kind: 'admitted',
    api: api.row,
    basePath: api.basePath,
    template: resource.row.template,
    resourcePath,
    backend,
    caller,
    credentials,
    facts,
    cors,
  };
};
