import type { DroppedScope } from '../../preload/contract/audit.ts';
import type { Ports } from './ports/ports.ts';

/** The scopes a token gets, normalised, and those of the asked ones that it does not get. */
export interface ScopeDecision {
  readonly scope: string;
  readonly dropped: readonly DroppedScope[];
}

/** What the gateway knows an application token by; only the client_credentials grant adds it (reference 3.4). */
const applicationScope = 'am_application_scope';
const devicePrefix = 'device_';

const none: readonly DroppedScope[] = [];
const userDefault: ScopeDecision = { scope: 'default', dropped: none };
const applicationDefault: ScopeDecision = { scope: `${applicationScope} default`, dropped: none };

/** A reason keeps no more than these many, so that no request makes it large. */
const maxDroppedScopes = 50;

/** Scopes of RFC 6749 section 3.3 between blanks; each of at most 60 characters, as WSO2 stores them. */
const wellFormed = /^[ \t\n\v\f\r]*(?:[\x21\x23-\x5B\x5D-\x7E]{1,60}(?:[ \t\n\v\f\r]+|$))*$/;
const longestText = 2048;

/** Whether a scope parameter may be looked at further. */
export const isScopeText = (text: string): boolean => text.length <= longestText && wellFormed.test(text);

/** Most requests name one. */
const singleScope = /^[^ \t\n\v\f\r]+$/;

/** Normalises (reference 3.1): split on blanks, each once, sorted by code unit. */
export const splitScopes = (text: string): string[] =>
  singleScope.test(text) ? [text] : [...new Set(text.split(/[ \t\n\v\f\r]+/).filter(Boolean))].sort();

/** The device a token is for, when its scopes name exactly one. */
export const deviceOf = (scope: string): string | undefined => {
  const devices = scope.split(' ').filter((name) => name.startsWith(devicePrefix));
  return devices.length === 1 ? devices[0]?.slice(devicePrefix.length) : undefined;
};

/** The scope that makes a token one device's own. */
export const deviceScope = (device: string): string => `${devicePrefix}${device}`;

const compiled = new WeakMap<readonly string[], readonly RegExp[]>();

/** Matches the whole scope (reference 3.3). */
const matchesAny = (patterns: readonly string[], scope: string): boolean => {
  let expressions = compiled.get(patterns);
  if (expressions === undefined) {
    expressions = patterns.map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
    compiled.set(patterns, expressions);
  }
  return expressions.some((expression) => expression.test(scope));
};

const whyDropped = (ports: Ports, scope: string, roles: readonly string[]): DroppedScope['why'] | undefined => {
  if (scope.startsWith(devicePrefix)) return undefined;
  if (scope === applicationScope) return 'unknown';
  const settings = ports.store.settings.read();
  if (matchesAny(settings.allowedScopePatterns, scope)) return undefined;
  // With openid granted an OpenID client would wait for an id_token, which no grant gives.
  if (scope === 'openid') return 'no_id_token';
  const known = ports.store.scopes.byName(scope);
  if (known === undefined) return settings.scopePolicy === 'echo' ? undefined : 'unknown';
  if (known.roles.length === 0 || known.roles.some((role) => roles.includes(role))) return undefined;
  return roles.length === 0 ? 'no_roles' : 'role_missing';
};

/**
 * Which scopes a token gets (reference 3.2): the allowed ones of those asked, `default` when none is left, and for an
 * application token `am_application_scope` beside them. `roles` are those of the user, or of the application's owner.
 */
export const decideScopes = (
  ports: Ports,
  text: string,
  roles: readonly string[],
  forApplication: boolean,
): ScopeDecision => {
  const asked = text === '' ? [] : splitScopes(text);
  if (asked.length === 0) return forApplication ? applicationDefault : userDefault;

  const kept: string[] = [];
  const dropped: DroppedScope[] = [];
  for (const scope of asked) {
    const why = whyDropped(ports, scope, roles);
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
