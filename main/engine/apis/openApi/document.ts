import { type ApiCors, type ApiResource, apiCors, apis, apiVerb } from '../../../../preload/contract/apis.ts';
import { badInput } from '../../errors.ts';
import { noteIgnored, type ReadBackends, readBackends } from './backends.ts';
import { readResources, tierOf } from './resources.ts';
import { readSchemes, type ScopeDefinition } from './scopes.ts';
import { isObject, isTrue, listOf, memberOf, type Notes, textOf } from './values.ts';

/** What an OpenAPI or Swagger document says of an API. */
export interface ReadDocument {
  readonly name: string;
  readonly version: string;
  /** Undefined: the document names none. */
  readonly context: string | undefined;
  readonly description: string;
  readonly backends: ReadBackends;
  readonly tier: string;
  readonly authorizationHeader: string | null;
  readonly cors: ApiCors | null;
  readonly resources: readonly ApiResource[];
  /** Defined scopes first, then used ones without a definition. */
  readonly scopes: readonly ScopeDefinition[];
}

const {
  name: nameSchema,
  version: versionSchema,
  context: contextSchema,
  authorizationHeader: headerSchema,
} = apis.create.input.shape;

const mostScopes = 200;

const readName = (document: unknown, notes: Notes): string => {
  const title = textOf(memberOf(memberOf(document, 'info'), 'title'));
  if (title === undefined) throw badInput('file', 'The document has no title (info.title), which names the API.');
  if (nameSchema.safeParse(title).success) return title;
  const name = title
    .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .slice(0, 100)
    .trim();
  if (!nameSchema.safeParse(name).success) {
    throw badInput('file', 'The title (info.title) has no letters that an API name could have.');
  }
  notes.add(`The API is named "${name}": a name has letters, digits, spaces, dots, hyphens and underscores.`);
  return name;
};

const readVersion = (document: unknown, notes: Notes): string => {
  const text = textOf(memberOf(memberOf(document, 'info'), 'version'));
  const version = (text ?? '1.0.0').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 30);
  const usable = versionSchema.safeParse(version).success ? version : '1.0.0';
  if (text !== usable) notes.add(`The version is ${usable}: the document names none that a path could have.`);
  return usable;
};

/** The context of `x-wso2-basePath`, which includes the version. A Swagger 2 document without host has it in `basePath`. */
const readContext = (document: unknown, version: string, notes: Notes): string | undefined => {
  const isPath = memberOf(document, 'host') === undefined && textOf(memberOf(document, 'swagger')) !== undefined;
  const path =
    textOf(memberOf(document, 'x-wso2-basePath')) ?? (isPath ? textOf(memberOf(document, 'basePath')) : undefined);
  const segments = path?.split('/').filter((segment) => segment !== '') ?? [];
  const last = segments.at(-1);
  const named = last === version ? segments.slice(0, -1) : segments.map((one) => (one === version ? '{version}' : one));
  if (named.length === 0) return undefined;
  const context = `/${named.join('/')}`;
  if (contextSchema.safeParse(context).success) return context;
  notes.add(`The base path "${path?.slice(0, 100)}" was ignored: a context has letters, digits, dots and hyphens.`);
  return undefined;
};

/** CORS of the API; null if the document leaves it to the settings (gateway reference 8). */
const readCors = (document: unknown, notes: Notes): ApiCors | null => {
  const value = memberOf(document, 'x-wso2-cors');
  if (!isTrue(memberOf(value, 'corsConfigurationEnabled'))) return null;
  const textsOf = (name: string) => listOf(memberOf(value, name)).flatMap((one) => textOf(one) ?? []);
  const verbs = textsOf('accessControlAllowMethods').flatMap(
    (text) => apiVerb.safeParse(text.toUpperCase()).data ?? [],
  );
  const isHeader = (text: string) => apiCors.shape.headers.element.safeParse(text).success;
  const headers = textsOf('accessControlAllowHeaders').filter(isHeader).slice(0, 50);
  if (textsOf('accessControlAllowOrigins').some((origin) => origin !== '*')) {
    notes.add('The origins of x-wso2-cors were ignored: pages of this machine, and origins of a key set, get replies.');
  }
  if (isTrue(memberOf(value, 'accessControlAllowCredentials'))) {
    notes.add('accessControlAllowCredentials was ignored: replies never allow credentials.');
  }
  return { enabled: true, methods: [...new Set(verbs)], headers, exposedHeaders: [] };
};

const readHeader = (document: unknown, notes: Notes): string | null => {
  const name = textOf(memberOf(document, 'x-wso2-auth-header'));
  if (name === undefined || headerSchema.safeParse(name).success) return name ?? null;
  notes.add('x-wso2-auth-header was ignored: a header name has no spaces and no colon.');
  return null;
};

/** Scopes that operations use and no scheme defines. WSO2 refuses such a file. */
const undefinedScopes = (
  resources: readonly ApiResource[],
  defined: ReadonlyMap<string, ScopeDefinition>,
  notes: Notes,
): readonly ScopeDefinition[] => {
  const used = new Set(resources.flatMap(({ scopes }) => scopes).filter((name) => !defined.has(name)));
  for (const name of used) notes.add(`The scope "${name}" is used but not defined. WSO2 would refuse this file.`);
  return [...used].map((name) => ({ name, description: '', roles: [] }));
};

const demandKnownFormat = (document: unknown): void => {
  const openApi = textOf(memberOf(document, 'openapi'));
  const swagger = textOf(memberOf(document, 'swagger'));
  if (/^3(?:\.|$)/.test(openApi ?? '') || /^2(?:\.0)?$/.test(swagger ?? '')) return;
  if (!isObject(document) || (openApi === undefined && swagger === undefined)) {
    throw badInput('file', 'This is no OpenAPI document: it has no member openapi or swagger at its root.');
  }
  throw badInput('file', 'Only OpenAPI 3 and Swagger 2.0 can be read. Convert the document to one of them.');
};

/** Reads a parsed document (gateway reference 12). Parts without a place are noted. Throws `bad_input`. */
export const readDocument = (document: unknown, notes: Notes): ReadDocument => {
  demandKnownFormat(document);
  const version = readVersion(document, notes);
  const schemes = readSchemes(document, notes);
  const resources = readResources(document, schemes, notes);
  const scopes = [...schemes.scopes.values(), ...undefinedScopes(resources, schemes.scopes, notes)];
  if (scopes.length > mostScopes) {
    throw badInput('file', `The document has more than ${mostScopes} scopes. Split it into several APIs.`);
  }
  const description = textOf(memberOf(memberOf(document, 'info'), 'description')) ?? '';
  noteIgnored(document, notes);
  return {
    name: readName(document, notes),
    version,
    context: readContext(document, version, notes),
    description: description.replace(/[\p{Cs}\0]/gu, '').slice(0, 1000),
    backends: readBackends(document, notes),
    tier: tierOf(document) ?? 'Unlimited',
    authorizationHeader: readHeader(document, notes),
    cors: readCors(document, notes),
    resources,
    scopes,
  };
};
