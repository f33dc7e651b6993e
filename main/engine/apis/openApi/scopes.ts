import { role, scopeName } from '../../../../preload/contract/values.ts';
import { entriesOf, isObject, listOf, memberOf, type Notes, textOf } from './values.ts';

/** A scope that a document defines or uses. */
export interface ScopeDefinition {
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
}

/** The security schemes of a document that can carry scopes. */
export interface Schemes {
  /** Names of the OAuth 2.0 and OpenID Connect schemes. */
  readonly names: ReadonlySet<string>;
  readonly scopes: ReadonlyMap<string, ScopeDefinition>;
}

const mostRoles = 50;
const everyone = 'Internal/everyone';

const builtIn = /^(?:device_.*|openid|default|am_application_scope)$/;

/** Whether a scope can be stored. Notes why not. */
export const isUsableScope = (name: string, notes: Notes): boolean => {
  if (scopeName.safeParse(name).success) return true;
  notes.add(`The scope "${name.slice(0, 60)}" was ignored: a scope has up to 60 printable characters.`);
  return false;
};

/** The roles of a binding: a list, or names separated by commas. */
const rolesOf = (scope: string, value: unknown, notes: Notes): readonly string[] => {
  const texts = Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : (textOf(value)?.split(',') ?? []);
  const names = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
  if (names.includes(everyone)) {
    notes.add(`The scope "${scope}" needs no role: every user of WSO2 has ${everyone}.`);
    return [];
  }
  const usable = names.filter((name) => role.safeParse(name).success).slice(0, mostRoles);
  if (usable.length < names.length) {
    notes.add(
      `Some roles of the scope "${scope}" were ignored: a role has no spaces, and a scope at most ${mostRoles}.`,
    );
  }
  return usable;
};

/** The flows of an OpenAPI 3 scheme; a Swagger 2 scheme is its own flow. */
const flowsOf = (scheme: unknown): readonly unknown[] => {
  const flows = memberOf(scheme, 'flows');
  return isObject(flows) ? Object.values(flows) : [scheme];
};

/** Reads scopes of every scheme and flow, those of the scheme `default` first (gateway reference 12). */
export const readSchemes = (document: unknown, notes: Notes): Schemes => {
  const defined =
    memberOf(memberOf(document, 'components'), 'securitySchemes') ?? memberOf(document, 'securityDefinitions');
  const schemes = entriesOf(defined).toSorted(([a], [b]) => Number(b === 'default') - Number(a === 'default'));
  const names = new Set<string>();
  const scopes = new Map<string, ScopeDefinition>();
  const add = (name: string, description: unknown, roles: unknown): void => {
    if (scopes.has(name) || builtIn.test(name) || !isUsableScope(name, notes)) return;
    const text = (textOf(description) ?? '').replace(/[\p{Cs}\0]/gu, '').slice(0, 1000);
    scopes.set(name, { name, description: text, roles: rolesOf(name, roles, notes) });
  };

  for (const [name, scheme] of schemes) {
    const type = textOf(memberOf(scheme, 'type')) ?? '';
    if (!/^(?:oauth2|openIdConnect)$/i.test(type)) {
      notes.add(
        `The security scheme "${name.slice(0, 60)}" (${type.slice(0, 20)}) is read as OAuth 2.0: no other exists here.`,
      );
      continue;
    }
    names.add(name);
    for (const flow of flowsOf(scheme)) {
      const bindings = memberOf(flow, 'x-scopes-bindings');
      for (const [scope, description] of entriesOf(memberOf(flow, 'scopes'))) {
        add(scope, description, memberOf(bindings, scope));
      }
    }
  }
  const lists = [
    memberOf(document, 'x-wso2-scopes'),
    memberOf(memberOf(memberOf(document, 'x-wso2-security'), 'apim'), 'x-wso2-scopes'),
  ];
  for (const one of lists.flatMap(listOf)) {
    const key = textOf(memberOf(one, 'key'));
    if (key !== undefined) add(key, memberOf(one, 'description') ?? memberOf(one, 'name'), memberOf(one, 'roles'));
  }
  return { names, scopes };
};
