import { z } from 'zod';
import { job, read, write } from './define.ts';
import { tierName } from './tiers.ts';
import { description, id, line, scopeName, timeMs } from './values.ts';

/** The verbs of resources (gateway reference 2.3). */
export const apiVerb = z
  .enum(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'], {
    error: 'The verb is GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS.',
  })
  .describe('verb');
export type ApiVerb = z.output<typeof apiVerb>;

/** Which tokens a resource takes, by WSO2's stored names (gateway reference 2.4). */
export const authType = z
  .enum(['Any', 'Application', 'Application_User', 'None'])
  .describe('tokens that it takes: any, application tokens only, user tokens only, or none needed');
export type AuthType = z.output<typeof authType>;

/** Lifecycle (gateway reference 3.1). */
export const apiState = z
  .enum(['CREATED', 'PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED', 'RETIRED'])
  .describe('lifecycle state');
export type ApiState = z.output<typeof apiState>;

const name = line('The API name', 100)
  .regex(
    /^[^~!@#;:%^*()+={}|\\<>"',&/$[\]]*$/u,
    'An API name has letters, digits, spaces, dots, hyphens and underscores.',
  )
  .describe('name of the API');
const version = line('The version', 30)
  .regex(/^[A-Za-z0-9._-]+$/, 'A version has letters, digits, dots, hyphens and underscores, like 1.0.0.')
  .refine((text) => !/^\.{1,2}$/.test(text), 'A version has more than dots, like 1.0.0.')
  .describe('version, like 1.0.0');
/** Clients remove such segments from a path before they send it. */
const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;
const context = z
  .string()
  .max(190, 'A context may have at most 190 characters.')
  .regex(
    /^\/(?:[\w.~-]+|\{version\})(?:\/(?:[\w.~-]+|\{version\}))*$/,
    'A context starts with a slash and has letters, digits, dots, hyphens, underscores and slashes, like /orders.',
  )
  .refine((text) => !dotSegment.test(text), 'A context has no segments . and .., because clients remove them.')
  .describe('context: the start of its paths, like /orders; the version follows, or replaces {version}');

/** A URI template or URL mapping (gateway reference 2.3). */
const template = z
  .string()
  .max(500, 'A URI template may have at most 500 characters.')
  .regex(/^[/*][\x21\x23-\x5B\x5D-\x7E]*$/, 'A URI template starts with a slash, like /orders/{id} or /*.')
  .describe('URI template, like /orders/{id} or /*');

/** One verb of one URI template. */
export const apiResource = z.strictObject({
  verb: apiVerb,
  template,
  authType,
  /** A token needs one of them; empty: none. */
  scopes: z.array(scopeName).max(20, 'Use at most 20 scopes per resource.'),
  tier: tierName,
});
export type ApiResource = z.output<typeof apiResource>;

const backendUrl = z
  .url({ protocol: /^https?$/, error: 'A backend is an http or https URL, or echo.' })
  .max(1024)
  .refine((url) => !/[?#]/.test(url), 'A backend URL has no query and no fragment.')
  .refine((url) => !/^https?:\/\/[^/]*@/i.test(url), 'A backend URL has no user and password.');
/** `echo` is the built-in backend, which answers what arrived. */
const backend = z.union([z.literal('echo'), backendUrl]).nullable();
const productionBackend = backend.describe('backend for production tokens: a URL, or echo');
const sandboxBackend = backend.describe('backend for sandbox tokens: a URL, or echo');

const backendCa = z
  .string()
  .max(100_000)
  .regex(/^\s*-----BEGIN CERTIFICATE-----/, 'Use a certificate in PEM form.')
  .nullable()
  .describe('PEM of the authority, or of the certificate itself, that its https backends are trusted by');

const headerName = z
  .string()
  .max(100)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'A header name has no spaces and no colon.');
const authorizationHeader = headerName
  .nullable()
  .describe('header that brings the token (none = as the setting authorizationHeader says)');

/** CORS of one API (gateway reference 8). */
export const apiCors = z.strictObject({
  enabled: z.boolean(),
  methods: z.array(apiVerb),
  headers: z.array(z.union([z.literal('*'), headerName])).max(50),
  exposedHeaders: z.array(headerName).max(50),
});
export type ApiCors = z.output<typeof apiCors>;

export const api = z.strictObject({
  id,
  name: z.string(),
  version: z.string(),
  /** As entered, without the version. */
  context: z.string(),
  /** The path that its requests start with, like `/orders/1.0.0`. */
  basePath: z.string(),
  /** The URL that its requests start with, while the endpoint runs or would run. */
  url: z.string(),
  /** Whether requests without a version lead here. */
  isDefaultVersion: z.boolean(),
  state: apiState,
  description: z.string(),
  /** The tier of the whole API. Unless it is Unlimited, tiers of resources are ignored. */
  tier: z.string(),
  productionBackend: z.string().nullable(),
  sandboxBackend: z.string().nullable(),
  backendCa: z.string().nullable(),
  /** Whether every application may call it without a subscription. */
  open: z.boolean(),
  authorizationHeader: z.string().nullable(),
  /** `null`: as the settings say. */
  cors: apiCors.nullable(),
  /** In declared order. */
  resources: z.array(apiResource),
  subscriptions: z.int(),
  createdAtMs: timeMs,
});
export type Api = z.output<typeof api>;

/** An API by `name/version` or id. A name alone means its only version, or the default one. */
export const apiRef = line('API', 140).describe('name/version or id of the API');
const one = z.strictObject({ api: apiRef });

const resourceList = z
  .array(apiResource)
  .max(500, 'An API may have at most 500 resources.')
  .refine(
    (all) => new Set(all.map(({ verb, template: at }) => `${verb} ${at}`)).size === all.length,
    'Each verb of a URI template may occur once.',
  )
  .meta({ description: 'resources in declared order', hidden: true });

const open = z.boolean().describe('whether every application may call it without a subscription');
const isDefaultVersion = z.boolean().describe('whether requests without a version lead here');
const tier = tierName.describe('tier of the whole API');

export const apis = {
  list: read('List the APIs', z.strictObject({}), z.strictObject({ items: z.array(api) })),
  read: read('Show one API, with its resources', one, api),
  create: write(
    'Create an API. Without resources it takes every verb and path',
    z.strictObject({
      name,
      version: version.default('1.0.0'),
      context: context.optional().describe('context (default: the name)'),
      productionBackend: productionBackend.default('echo'),
      sandboxBackend: sandboxBackend.default('echo'),
      state: apiState.default('PUBLISHED'),
      description: description.describe('description').default(''),
      tier: tier.default('Unlimited'),
      open: open.default(false),
      isDefaultVersion: isDefaultVersion.default(false),
      authorizationHeader: authorizationHeader.default(null),
      backendCa: backendCa.default(null),
      cors: apiCors.nullable().meta({ hidden: true }).default(null),
      resources: resourceList.optional(),
    }),
    api,
  ),
  update: write(
    'Change an API; the rest stays the same',
    z.strictObject({
      api: apiRef,
      name: name.optional(),
      version: version.optional(),
      context: context.optional(),
      productionBackend: productionBackend.optional(),
      sandboxBackend: sandboxBackend.optional(),
      state: apiState.optional(),
      description: description.optional().describe('description'),
      tier: tier.optional(),
      open: open.optional(),
      isDefaultVersion: isDefaultVersion.optional(),
      authorizationHeader: authorizationHeader.optional(),
      backendCa: backendCa.optional(),
      cors: apiCors.nullable().optional().meta({ hidden: true }),
      resources: resourceList.optional(),
    }),
    api,
  ),
  delete: write(
    'Delete an API with its subscriptions, and with scopes that belong to no other API',
    one,
    z.strictObject({
      id,
      name: z.string(),
      version: z.string(),
      /** The number of deleted subscriptions. */
      subscriptions: z.int(),
      /** The names of deleted scopes. */
      scopes: z.array(z.string()),
    }),
  ),
  setResource: write(
    'Add a resource, or change the one with the same verb and URI template',
    z.strictObject({
      api: apiRef,
      verb: apiVerb,
      template,
      authType: authType.default('Any'),
      scopes: apiResource.shape.scopes.describe('scopes of which a token needs one').default([]),
      tier: tierName.default('Unlimited'),
    }),
    api,
  ),
  deleteResource: write('Delete a resource', z.strictObject({ api: apiRef, verb: apiVerb, template }), api),
  match: read(
    'Show which API and resource a request leads to, and why',
    z.strictObject({
      verb: apiVerb.default('GET'),
      path: z.string().min(1).max(4096).describe('path, like /echo/1.0/a'),
    }),
    z.strictObject({
      api: z.string().optional(),
      resource: apiResource.optional(),
      /** The path behind the context. */
      resourcePath: z.string().optional(),
      /** The verbs that the path answers. */
      verbs: z.array(apiVerb),
      text: z.string(),
    }),
  ),
  importOpenApi: job(
    'Create or replace an API from an OpenAPI 3 or Swagger 2 document',
    z.strictObject({
      file: z
        .string()
        .min(1, 'The document is empty.')
        .max(8_000_000, 'A document may have at most 6 MB.')
        .meta({ file: true, description: 'file with the document, in JSON or YAML' }),
      context: context.optional().describe('context (default: as in the document, else its title)'),
      version: version.optional().describe('version (default: as in the document)'),
      productionBackend: productionBackend.optional().describe('backend (default: the first server of the document)'),
      sandboxBackend: sandboxBackend.optional(),
      replace: z.boolean().describe('replace an API of the same name and version').default(false),
      preview: z.boolean().describe('show the result without saving it').default(false),
    }),
    z.strictObject({
      /** With `preview`, the id is that of the replaced API or 1. */
      api,
      created: z.boolean(),
      /** Scopes that it created. */
      scopes: z.array(z.string()),
      /** One sentence for each part that was ignored or understood in another way. */
      notes: z.array(z.string()),
    }),
  ),
};
