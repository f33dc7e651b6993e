import type { DroppedScope } from '../../preload/contract/audit.ts';
import { type RequestContext, refusal } from './decisions/refusal.ts';
import { portalScopes } from './portalScopes.ts';
import type { Ports } from './ports/ports.ts';
import type { ScopeRow } from './ports/store/scopes.ts';

/** The scopes that a token gets, normalised, and the requested ones that it does not get. */
export interface ScopeDecision {
  readonly scope: string;
  readonly dropped: readonly DroppedScope[];
}

/** Marks an application token for the gateway; only the client_credentials grant adds it (reference 3.4). */
const applicationScope = 'am_application_scope';
const devicePrefix = 'device_';

/** Scopes that give claims of the user (https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims). */
export const claimScopes = ['profile', 'email', 'phone', 'address'] as const;

const none: readonly DroppedScope[] = [];
const userDefault: ScopeDecision = { scope: 'default', dropped: none };
const applicationDefault: ScopeDecision = { scope: `${applicationScope} default`, dropped: none };

/** A reason names at most this many, so that no request can bloat it. */
const maxDroppedScopes = 50;

/**
 * Space-separated scopes (https://www.rfc-editor.org/rfc/rfc6749#section-3.3) of at most 60 characters, as WSO2 stores
 * them.
 */
const wellFormed = /^[ \t\n\v\f\r]*(?:[\x21\x23-\x5B\x5D-\x7E]{1,60}(?:[ \t\n\v\f\r]+|$))*$/;
const longestText = 2048;

/** The text of a refusal of malformed scopes. */
export const malformedScopes =
  'Scopes are separated by spaces; each has at most 60 printable ASCII characters without quotes and backslashes, together at most 2048.';

/** Whether the text is a list of scopes that can be stored. */
export const isWellFormed = (text: string): boolean => text.length <= longestText && wellFormed.test(text);

/** Returns the text unchanged. Throws `OAuthError` 400 invalid_scope for a malformed one. */
export const wellFormedScopes = (context: RequestContext, text: string): string => {
  if (isWellFormed(text)) return text;
  throw refusal(context, 400, 'invalid_scope', malformedScopes);
};

/** A fast path: most requests name one scope. */
const singleScope = /^[^ \t\n\v\f\r]+$/;

/** Normalises scopes (reference 3.1): splits on whitespace, removes duplicates, sorts by code unit. */
export const splitScopes = (text: string): string[] =>
  singleScope.test(text) ? [text] : [...new Set(text.split(/[ \t\n\v\f\r]+/).filter(Boolean))].sort();

/** The device of a token; undefined unless its scopes name exactly one. */
export const deviceOf = (scope: string): string | undefined => {
  const devices = scope.split(' ').filter((name) => name.startsWith(devicePrefix));
  return devices.length === 1 ? devices[0]?.slice(devicePrefix.length) : undefined;
};

/** The scope of a device token. */
export const deviceScope = (device: string): string => `${devicePrefix}${device}`;

const compiled = new WeakMap<readonly string[], readonly RegExp[]>();

/** Whether a pattern matches the whole scope (reference 3.3). */
const matchesAny = (patterns: readonly string[], scope: string): boolean => {
  let expressions = compiled.get(patterns);
  if (expressions === undefined) {
    expressions = patterns.map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
    compiled.set(patterns, expressions);
  }
  return expressions.some((expression) => expression.test(scope));
};

/** A defined scope. Those of the DevPortal REST API are defined while it is served, unless a row says otherwise. */
const definedScope = (
  { store }: Pick<Ports, 'store'>,
  name: string,
): Pick<ScopeRow, 'roles' | 'apiIds'> | undefined => {
  const row = store.scopes.byName(name);
  if (row !== undefined || !store.settings.read().devPortal) return row;
  const roles = portalScopes.get(name);
  return roles && { roles, apiIds: [] };
};

/** The roles that give a defined scope; none: everybody has it. Undefined for an unknown scope. */
export const rolesOfScope = (ports: Pick<Ports, 'store'>, scope: string): readonly string[] | undefined =>
  definedScope(ports, scope)?.roles;

/** Whether some token may get the scope, whatever its application and user are. */
export const isGrantable = (ports: Pick<Ports, 'store'>, scope: string): boolean => {
  const { allowedScopePatterns, scopePolicy } = ports.store.settings.read();
  return (
    scopePolicy === 'echo' ||
    scope.startsWith(devicePrefix) ||
    scope === applicationScope ||
    definedScope(ports, scope) !== undefined ||
    matchesAny(allowedScopePatterns, scope)
  );
};

/** Reference 3.2: a scope of APIs is known to applications that subscribe to one of them, or if one is open to all. */
const isKnownTo = ({ store }: Ports, applicationId: number, { apiIds }: Pick<ScopeRow, 'apiIds'>): boolean => {
  if (apiIds.length === 0) return true;
  const subscriptions = store.subscriptions.ofApplication(applicationId);
  return apiIds.some((id) => subscriptions.some(({ apiId }) => apiId === id) || store.apis.byId(id)?.open === true);
};

const whyDropped = (
  ports: Ports,
  applicationId: number,
  scope: string,
  roles: readonly string[],
  openId: boolean,
): DroppedScope['why'] | undefined => {
  if (scope.startsWith(devicePrefix)) return undefined;
  if (scope === applicationScope) return 'unknown';
  const settings = ports.store.settings.read();
  if (matchesAny(settings.allowedScopePatterns, scope)) return undefined;
  // An OpenID client that is granted openid waits for an id_token.
  if (scope === 'openid') return openId ? undefined : 'no_id_token';
  const known = definedScope(ports, scope);
  if (known === undefined && openId && claimScopes.some((name) => name === scope)) return undefined;
  if (known === undefined) return settings.scopePolicy === 'echo' ? undefined : 'unknown';
  if (settings.scopePolicy !== 'echo' && !isKnownTo(ports, applicationId, known)) return 'not_subscribed';
  if (known.roles.length === 0 || known.roles.some((role) => roles.includes(role))) return undefined;
  return roles.length === 0 ? 'no_roles' : 'role_missing';
};

/**
 * Decides the scopes of a token (reference 3.2): the allowed ones of the request, or `default` when none remains. An
 * application token gets `am_application_scope` in addition. Scopes that give claims are known in a request with `openid`. `roles` are those of the user, or of the application's
 * owner.
 */
export const decideScopes = (
  ports: Ports,
  applicationId: number,
  text: string,
  roles: readonly string[],
  forApplication: boolean,
): ScopeDecision => {
  const requested = text === '' ? [] : splitScopes(text);
  if (requested.length === 0) return forApplication ? applicationDefault : userDefault;

  const openId =
    requested.includes('openid') && (!forApplication || ports.store.settings.read().idTokenForClientCredentials);
  const kept: string[] = [];
  const dropped: DroppedScope[] = [];
  for (const scope of requested) {
    const why = whyDropped(ports, applicationId, scope, roles, openId);
    if (why === undefined) kept.push(scope);
    else dropped.push({ scope, why });
  }
  if (kept.length === 0) kept.push('default');
  if (forApplication) kept.push(applicationScope);
  return {
    scope: kept.length === 1 ? (kept[0] ?? '') : kept.sort().join(' '),
    dropped:
      dropped.length === 0 ? none : dropped.filter(({ scope }) => !kept.includes(scope)).slice(0, maxDroppedScopes),
  };
};
