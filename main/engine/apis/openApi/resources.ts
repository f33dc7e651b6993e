import {
  type ApiResource,
  type ApiVerb,
  type AuthType,
  apiResource,
  apiVerb,
} from '../../../../preload/contract/apis.ts';
import { badInput } from '../../errors.ts';
import { mostResources } from '../newApi.ts';
import { isUsableScope, type Schemes } from './scopes.ts';
import { entriesOf, isTrue, listOf, memberOf, type Notes, resolved, textOf } from './values.ts';

const authTypes: Readonly<Record<string, AuthType>> = {
  none: 'None',
  application: 'Application',
  'application user': 'Application_User',
  'application & application user': 'Any',
  any: 'Any',
};

/** Members of an operation that Keyfob has no place for (gateway reference 12). */
const ignored: Readonly<Record<string, string>> = {
  'x-mediation-script': 'mock scripts are not run',
  'x-wso2-soap': 'SOAP to REST is not converted',
  'x-amzn-resource-name': 'no function of a cloud is called',
  'x-wso2-production-endpoints': 'all resources of an API have the same backend',
  'x-wso2-sandbox-endpoints': 'all resources of an API have the same backend',
  'x-wso2-application-security': 'a resource takes access tokens only',
};

const mostScopes = 20;

/** The tier that a document names for an API or a resource, in WSO2's or the microgateway's spelling. */
export const tierOf = (value: unknown): string | undefined =>
  textOf(memberOf(value, 'x-throttling-tier')) ?? textOf(memberOf(value, 'x-wso2-throttling-tier'));

/** The security requirements of an operation, or those of the document. Undefined: none are named. */
const requirementsOf = (document: unknown, operation: unknown): readonly unknown[] | undefined => {
  const own = memberOf(operation, 'security') ?? memberOf(document, 'security');
  return Array.isArray(own) ? own : undefined;
};

const scopesOf = (operation: unknown, requirements: readonly unknown[], schemes: Schemes, notes: Notes): string[] => {
  const single = textOf(memberOf(operation, 'x-scope'));
  const used = requirements
    .flatMap(entriesOf)
    .flatMap(([scheme, scopes]) => (schemes.names.has(scheme) ? listOf(scopes) : []));
  const names = [...(single === undefined ? [] : [single]), ...used.flatMap((one) => textOf(one) ?? [])];
  return [...new Set(names)].filter((name) => isUsableScope(name, notes));
};

const authTypeOf = (place: string, document: unknown, operation: unknown, notes: Notes): AuthType => {
  if (isTrue(memberOf(document, 'x-wso2-disable-security')) || isTrue(memberOf(operation, 'x-wso2-disable-security'))) {
    return 'None';
  }
  const named = textOf(memberOf(operation, 'x-auth-type'));
  const known = named && authTypes[named.toLowerCase().replaceAll('_', ' ')];
  if (known) return known;
  if (named !== undefined)
    notes.add(`${place}: the x-auth-type "${named.slice(0, 40)}" is unknown, so any token is taken.`);
  const requirements = requirementsOf(document, operation);
  if (requirements?.length === 0) return 'None';
  if (requirements?.some((one) => entriesOf(one).length === 0)) {
    notes.add(`${place}: its security is optional in the document. Here it needs a token.`);
  }
  return 'Any';
};

const resourceOf = (
  document: unknown,
  schemes: Schemes,
  verb: ApiVerb,
  template: string,
  operation: unknown,
  notes: Notes,
): ApiResource => {
  const place = `${verb} ${template}`;
  for (const [member, why] of Object.entries(ignored)) {
    if (memberOf(operation, member) !== undefined) notes.add(`${place}: ${member} was ignored: ${why}.`);
  }
  const authType = authTypeOf(place, document, operation, notes);
  const scopes = scopesOf(operation, requirementsOf(document, operation) ?? [], schemes, notes);
  if (scopes.length > mostScopes)
    notes.add(`${place}: only the first ${mostScopes} of its ${scopes.length} scopes were read.`);
  if (authType !== 'None' && scopes.length > 1) notes.add(`${place}: a token needs one of its scopes, not all.`);
  return {
    verb,
    template,
    authType,
    scopes: authType === 'None' ? [] : scopes.slice(0, mostScopes),
    tier: tierOf(operation) ?? 'Unlimited',
  };
};

/** Members of a path that are no verbs. */
const noVerb = /^(?:x-.*|parameters|servers|summary|description|\$ref)$/i;

/** The resources of a document in its order. HEAD is not implied by GET. Throws `bad_input` for too many. */
export const readResources = (document: unknown, schemes: Schemes, notes: Notes): readonly ApiResource[] => {
  const resources: ApiResource[] = [];
  for (const [template, item] of entriesOf(memberOf(document, 'paths'))) {
    if (template.startsWith('x-')) continue;
    if (!apiResource.shape.template.safeParse(template).success) {
      notes.add(
        `The path "${template.slice(0, 80)}" was ignored: a URI template starts with a slash and has no spaces.`,
      );
      continue;
    }
    const path = resolved(document, item);
    if (path === undefined)
      notes.add(`The path ${template.slice(0, 80)} was ignored: its $ref leads nowhere in this file.`);
    for (const [name, operation] of entriesOf(path)) {
      if (noVerb.test(name)) continue;
      const verb = apiVerb.safeParse(name.toUpperCase());
      if (!verb.success)
        notes.add(`${name.slice(0, 20)} ${template.slice(0, 80)} was ignored: it is none of the gateway's verbs.`);
      else resources.push(resourceOf(document, schemes, verb.data, template, operation, notes));
    }
    if (resources.length > mostResources) {
      throw badInput('file', `The document has more than ${mostResources} operations. Split it into several APIs.`);
    }
  }
  return resources;
};
