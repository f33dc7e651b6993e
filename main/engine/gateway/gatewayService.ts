import { duration } from '../../../preload/contract/durations.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import { expiryMs, remainingMs, toSecondsLeft } from '../tokens/lifetime.ts';
import { displayName, qualifiedName } from '../usernames.ts';
import { type Accepted, check, type Refused } from './check.ts';
import { type CredentialRules, readCredentials, whyNoToken } from './credentials.ts';
import { dispatch, type Matched } from './dispatch.ts';
import type { GatewayCaller, GatewayDecision, GatewayFacts, GatewayFault, GatewayService } from './gateway.ts';
import { whyNoBackend } from './reasons.ts';

type Credentials = Extract<GatewayDecision, { kind: 'admitted' }>['credentials'];

const factsOf = (
  { api, resource }: Matched,
  { row, client, user }: Pick<Refused, 'row' | 'client' | 'user'>,
  rest: Pick<GatewayFacts, 'why' | 'cached' | 'device'>,
): GatewayFacts => ({
  api: api.label,
  template: resource.row.template,
  ...(client && { application: client.application.name, keyType: client.keySet.keyType }),
  ...(user && { user: displayName(user) }),
  ...(row && { tokenId: row.id }),
  ...rest,
});

const refuse = ({ cors }: Matched, fault: GatewayFault, facts: GatewayFacts): GatewayDecision => ({
  ...{ kind: 'refused', fault, facts, cors },
});

/** Refuses at authentication. The fault's texts name the API. */
const refuseToken = (matched: Matched, refused: Refused, authorizationHeader: string): GatewayDecision => {
  const { api, resource } = matched;
  const about = { basePath: api.basePath, version: api.row.version, template: resource.row.template };
  const fault: GatewayFault = { code: refused.code, stage: 'authentication', api: about, authorizationHeader };
  return refuse(matched, fault, factsOf(matched, refused, { why: refused.why }));
};

const callerOf = (ports: Ports, accepted: Accepted, subscriptionTier: string, atMs: number): GatewayCaller => {
  const { row, client, user, scopes, device } = accepted;
  const { application, keySet } = client;
  const owner = ports.store.users.byId(application.ownerId);
  return {
    application: application.name,
    applicationId: application.id,
    applicationTier: application.tier,
    applicationOwner: owner === undefined ? '' : qualifiedName(owner),
    consumerKey: keySet.consumerKey,
    keyType: keySet.keyType,
    user: qualifiedName(user),
    userType: row.userType,
    device,
    scopes,
    tokenId: row.id,
    expiresAtMs: expiryMs(row),
    secondsLeft: toSecondsLeft(remainingMs(ports, row, atMs)),
    subscriptionTier,
  };
};

/** Admits a request if its API has a backend for the key type (gateway reference 2.5). */
const forward = (
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
    ...{ kind: 'admitted', api: api.row, basePath: api.basePath, template: resource.row.template },
    ...{ resourcePath, backend, caller, credentials, facts, cors },
  };
};

/** Which header brings the token, and how it is read. */
interface HeaderRules {
  readonly settings: Settings;
  readonly name: string;
  readonly credentials: CredentialRules;
}

const headerRulesOf = (settings: Settings): HeaderRules => ({
  settings,
  name: settings.authorizationHeader.toLowerCase(),
  credentials: {
    anyCase: settings.bearerCase === 'any',
    takesLast: settings.gatewayProfile === '4.x',
    keepsRest: settings.gatewayProfile !== '2.6',
  },
});

/** The gateway's rules, over the engine's ports. */
export const createGatewayService = (ports: Ports): GatewayService => {
  const { store, clock } = ports;
  let headerRules: HeaderRules | undefined;

  const withoutToken = (matched: Matched, header: string, value: string | undefined): GatewayDecision => {
    const why = () =>
      matched.api.row.state === 'PROTOTYPED'
        ? 'The API is PROTOTYPED, so it needs no token.'
        : `The resource needs no token${value === undefined ? '' : '; the token sent was ignored'}.`;
    const credentials = value === undefined ? undefined : { header, rest: undefined };
    return forward(matched, 'PRODUCTION', undefined, credentials, factsOf(matched, {}, { why }));
  };

  const withToken = (matched: Matched, header: string, rules: CredentialRules): GatewayDecision => {
    const { api, settings, request } = matched;
    const named = api.row.authorizationHeader ?? settings.authorizationHeader;
    const value = request.header(header);
    const sent = readCredentials(value, rules);
    if (sent === undefined) {
      return refuseToken(matched, { code: 900902, why: () => whyNoToken(named, value) }, named);
    }
    const atMs = clock.tokenTimeMs();
    const accepted = check(ports, matched, sent.token, atMs, settings.gatewayProfile);
    if ('code' in accepted) return refuseToken(matched, accepted, named);
    const caller = callerOf(ports, accepted, accepted.subscriptions[0]?.tier ?? 'Unlimited', atMs);
    const { secondsLeft } = caller;
    const why = () => `Valid${secondsLeft === null ? ', and never expires' : ` for ${duration(secondsLeft)}`}.`;
    const facts = factsOf(matched, accepted, { why, device: accepted.device });
    return forward(matched, caller.keyType, caller, { header, rest: sent.rest }, facts);
  };

  return {
    decide(request) {
      const settings = store.settings.read();
      const matched = dispatch(store.apis.list(), request, settings);
      if ('kind' in matched) return matched;
      if (headerRules?.settings !== settings) headerRules = headerRulesOf(settings);
      const own = matched.api.row.authorizationHeader;
      const header = own === null ? headerRules.name : own.toLowerCase();
      const isOpen = matched.resource.row.authType === 'None' || matched.api.row.state === 'PROTOTYPED';
      return isOpen
        ? withoutToken(matched, header, request.header(header))
        : withToken(matched, header, headerRules.credentials);
    },
    evict() {
      // No cache yet.
    },
    evictValue() {
      // No cache yet.
    },
  };
};
