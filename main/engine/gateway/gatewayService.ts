import { duration } from '../../../preload/contract/durations.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import type { Ports } from '../ports/ports.ts';
import { remainingMs, toSecondsLeft } from '../tokens/lifetime.ts';
import { forward, refuseQuota, refuseToken } from './decisions.ts';
import type { GatewayCaller, GatewayDecision, GatewayFacts, GatewayRequest, GatewayService } from './gateway.ts';
import { dispatch, type Matched } from './matching/dispatch.ts';
import { timeWords } from './reasons.ts';
import type { Throttle } from './throttling/throttle.ts';
import { type Accepted, check, type Refused } from './validation/check.ts';
import { type CredentialRules, readCredentials, whyNoToken } from './validation/credentials.ts';
import { createValidationCache } from './validation/validationCache.ts';

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

/** A counter keeps the text, so it must be short. */
const longestForwardedFor = 200;

/** The client's address as API Manager counts it: the first entry of `X-Forwarded-For`, else the peer. */
const addressOf = ({ header, clientAddress }: GatewayRequest): string => {
  const forwardedFor = header('x-forwarded-for');
  if (forwardedFor === undefined || forwardedFor.length > longestForwardedFor) return clientAddress;
  return forwardedFor.split(',')[0]?.trim() || clientAddress;
};

const whyAdmitted = (secondsLeft: number | null, ageMs: number | undefined): string => {
  const left = secondsLeft === null ? 'never expires' : `${duration(secondsLeft)} left`;
  if (ageMs === undefined) return `Validated now; ${left}.`;
  return `Validated ${duration(ageMs / 1000)} ago, from the cache; ${left}.`;
};

/** The outcome of the checks; with an age if the validation cache had it. */
type Validated =
  | { readonly accepted: Accepted; readonly ageMs: number | undefined }
  | { readonly refused: Refused; readonly ageMs: number | undefined };

const none: Accepted['subscriptions'] = [];

/** The gateway's rules, over the engine's ports. */
export const createGatewayService = (ports: Ports, throttle: Throttle): GatewayService => {
  const { store, clock } = ports;
  const cache = createValidationCache(ports);
  let headerRules: HeaderRules | undefined;

  const withoutToken = (matched: Matched, header: string): GatewayDecision => {
    const { api, resource, request } = matched;
    const isSent = request.header(header) !== undefined;
    const isPrototype = api.row.state === 'PROTOTYPED';
    const why = () =>
      `${isPrototype ? 'The API is PROTOTYPED, so it' : 'The resource'} needs no token.${isSent ? ' The sent token was ignored.' : ''}`;
    const facts: GatewayFacts = { api: api.label, template: resource.row.template, why };
    if (!isPrototype) {
      const user = addressOf(request);
      const { contentLength } = request;
      const admitted = throttle.admit({
        api,
        resource,
        application: undefined,
        user,
        subscriptions: none,
        contentLength,
      });
      if (typeof admitted !== 'string') return refuseQuota(matched, admitted, facts, nextWords);
    }
    return forward(matched, 'PRODUCTION', undefined, isSent ? { header, rest: undefined } : undefined, facts);
  };

  const nextWords = (ms: number): string => timeWords(ports, ms, clock.realTimeMs());

  /** Checks a token, or takes the result from the cache. */
  const validate = (matched: Matched, value: string, atMs: number): Validated => {
    const { resource, settings } = matched;
    const remembered = cache.find(value, resource.key, atMs);
    if (remembered !== undefined) return remembered;
    const result = check(ports, matched, value, atMs, settings.gatewayProfile);
    if (!('code' in result)) {
      cache.keepAccepted(value, resource.key, result);
      return { accepted: result, ageMs: undefined };
    }
    if (result.code === 900901) cache.keepRefused(value, result);
    return { refused: result, ageMs: undefined };
  };

  const admit = (
    matched: Matched,
    accepted: Accepted,
    credentials: { readonly header: string; readonly rest: string | undefined },
    atMs: number,
    ageMs: number | undefined,
  ): GatewayDecision => {
    const { api, resource, request } = matched;
    const { application, keySet } = accepted.client;
    const secondsLeft = toSecondsLeft(remainingMs(ports, accepted.row, atMs));
    const facts: GatewayFacts = {
      api: api.label,
      template: resource.row.template,
      application: application.name,
      keyType: keySet.keyType,
      user: accepted.userName,
      device: accepted.caller.device,
      tokenId: accepted.row.id,
      cached: ageMs !== undefined,
      why: () => whyAdmitted(secondsLeft, ageMs),
    };
    const { subscriptions, caller } = accepted;
    const { contentLength } = request;
    const tier = throttle.admit({ api, resource, application, user: caller.user, subscriptions, contentLength });
    if (typeof tier !== 'string') return refuseQuota(matched, tier, facts, nextWords);
    const withTier: GatewayCaller = { ...caller, secondsLeft, subscriptionTier: tier };
    return forward(matched, keySet.keyType, withTier, credentials, facts);
  };

  const withToken = (matched: Matched, header: string, rules: CredentialRules): GatewayDecision => {
    const { api, settings, request } = matched;
    const atMs = clock.tokenTimeMs();
    const authorizationHeader = api.row.authorizationHeader ?? settings.authorizationHeader;
    const value = request.header(header);
    const sent = readCredentials(value, rules);
    if (sent === undefined) {
      const text = whyNoToken(authorizationHeader, value);
      const refused = { code: 900902, why: () => text } as const;
      return refuseToken(matched, { refused, token: undefined, authorizationHeader, atMs, ageMs: undefined });
    }
    const { token, rest } = sent;
    const result = validate(matched, token, atMs);
    const { ageMs } = result;
    return 'accepted' in result
      ? admit(matched, result.accepted, { header, rest }, atMs, ageMs)
      : refuseToken(matched, { refused: result.refused, token, authorizationHeader, atMs, ageMs });
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
      return isOpen ? withoutToken(matched, header) : withToken(matched, header, headerRules.credentials);
    },
    evict: cache.evict,
    evictValue: cache.evictValue,
  };
};
