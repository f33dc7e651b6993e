import { apis } from '../../../../preload/contract/apis.ts';
import { entriesOf, isFalse, listOf, memberOf, type Notes, textOf } from './values.ts';

export interface ReadBackends {
  /** Undefined: the document names none at all. Null: only the other key type has one. */
  readonly production: string | null | undefined;
  readonly sandbox: string | null | undefined;
}

/** A backend's URL without its last slash; undefined, with a note, if no backend can have it. */
const usable = (url: string, notes: Notes): string | undefined => {
  const trimmed = url.replace(/\/+$/, '');
  const parsed = apis.create.input.shape.productionBackend.safeParse(trimmed);
  if (parsed.success && parsed.data !== 'echo' && parsed.data !== null) return parsed.data;
  notes.add(
    `The URL "${url.slice(0, 100)}" was ignored: a backend is an http or https URL without query and password.`,
  );
  return undefined;
};

/** The endpoint behind `#/x-wso2-endpoints/name`. The list holds objects with one name each. */
const namedEndpoint = (document: unknown, ref: string): unknown => {
  const name = /^#\/x-wso2-endpoints\/(.+)$/.exec(ref)?.[1] ?? '';
  const all = memberOf(document, 'x-wso2-endpoints');
  return [all, ...listOf(all)].map((one) => memberOf(one, name)).find((one) => one !== undefined);
};

/** The first URL of an endpoint extension (gateway reference 12). Undefined: the document has no such extension. */
const extensionUrl = (document: unknown, extension: string, notes: Notes): string | undefined => {
  const value = memberOf(document, extension);
  if (value === undefined) return undefined;
  const ref = textOf(value);
  const endpoint = ref === undefined ? value : namedEndpoint(document, ref);
  const urls = listOf(memberOf(endpoint, 'urls')).flatMap((one) => textOf(one) ?? []);
  const [first] = urls;
  if (first === undefined) notes.add(`${extension} was ignored: it has no URL.`);
  if (urls.length > 1)
    notes.add(`${extension}: only the first of ${urls.length} URLs is called; load is not balanced.`);
  return first;
};

/** A server's URL with the defaults of its variables. */
const serverUrl = (server: unknown): string | undefined => {
  const variables = memberOf(server, 'variables');
  return textOf(memberOf(server, 'url'))?.replace(
    /\{([^{}]{1,100})\}/g,
    (whole, name: string) => textOf(memberOf(memberOf(variables, name), 'default')) ?? whole,
  );
};

/** Swagger 2 names host, path and schemes separately. */
const swaggerUrl = (document: unknown): string | undefined => {
  const host = textOf(memberOf(document, 'host'));
  if (host === undefined) return undefined;
  const schemes = listOf(memberOf(document, 'schemes')).flatMap((one) => textOf(one) ?? []);
  const scheme = schemes.find((one) => one === 'https') ?? schemes.find((one) => one === 'http') ?? 'https';
  return `${scheme}://${host}${textOf(memberOf(document, 'basePath')) ?? ''}`;
};

/** The backends: WSO2's extensions, else the first server for production tokens. */
export const readBackends = (document: unknown, notes: Notes): ReadBackends => {
  const read = (extension: string): string | undefined => {
    const url = extensionUrl(document, extension, notes);
    return url === undefined ? undefined : usable(url, notes);
  };
  const production = read('x-wso2-production-endpoints');
  const sandbox = read('x-wso2-sandbox-endpoints');
  if (production !== undefined || sandbox !== undefined) {
    return { production: production ?? null, sandbox: sandbox ?? null };
  }
  const servers = listOf(memberOf(document, 'servers'));
  const first = servers.length === 0 ? swaggerUrl(document) : serverUrl(servers[0]);
  if (servers.length > 1) notes.add(`Only the first of ${servers.length} servers is the backend.`);
  const url = first === undefined ? undefined : usable(first, notes);
  if (url === undefined) return { production: undefined, sandbox: undefined };
  notes.add('The document names one server: it is the backend of production tokens. Sandbox tokens have none.');
  return { production: url, sandbox: null };
};

/** Notes extensions that say how WSO2 is reached, and that Keyfob has no place for. */
export const noteIgnored = (document: unknown, notes: Notes): void => {
  const transports = listOf(memberOf(document, 'x-wso2-transports')).flatMap((one) => textOf(one) ?? []);
  if (transports.length === 1) notes.add(`x-wso2-transports was ignored: the API answers on every open port.`);
  const cache = memberOf(document, 'x-wso2-response-cache');
  if (cache !== undefined && !isFalse(memberOf(cache, 'enabled'))) {
    notes.add('x-wso2-response-cache was ignored: each request reaches the backend.');
  }
  const others = ['x-wso2-mutual-ssl', 'x-wso2-api-key-header', 'x-wso2-application-security'];
  for (const [name] of entriesOf(document)) {
    if (others.includes(name)) notes.add(`${name} was ignored: clients bring an access token.`);
  }
};
