import type { KeyType } from '../../../preload/contract/values.ts';
import { deviceOf } from '../scopeRules.ts';
import { displayName } from '../usernames.ts';
import type { Refused } from './check.ts';
import type { Matched } from './dispatch.ts';
import type { GatewayCaller, GatewayDecision, GatewayFacts, GatewayFault } from './gateway.ts';
import { whyNoBackend, whyOverQuota } from './reasons.ts';
import type { OverQuota } from './throttle.ts';

type Credentials = Extract<GatewayDecision, { kind: 'admitted' }>['credentials'];

const refuse = ({ cors }: Matched, fault: GatewayFault, facts: GatewayFacts): GatewayDecision => ({
  kind: 'refused',
  fault,
  facts,
  cors,
});

/** Refuses at authentication. The fault's texts name the API. `ageMs`: how long the validation cache knew it. */
export const refuseToken = (
  matched: Matched,
  { code, row, client, user, why }: Refused,
  authorizationHeader: string,
  atMs: number,
  ageMs?: number,
): GatewayDecision => {
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
  return refuse(matched, { code, stage: 'authentication', api: about, authorizationHeader }, facts);
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
