import { isOwnAddress } from '../../apis/backends.ts';
import { apiLabel } from '../../apis/findApi.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import { livingApplications } from '../../references.ts';
import { isGrantable } from '../../scopeRules.ts';
import { type Judgement, ok, warning } from './judgement.ts';

const mostNamed = 5;
/** All are tried at the same time. */
const mostBackends = 50;

const named = (texts: readonly string[]): string => {
  const more = texts.length > mostNamed ? ` and ${texts.length - mostNamed} more` : '';
  return `${texts.slice(0, mostNamed).join('; ')}${more}`;
};

interface Backend {
  readonly api: ApiRow;
  readonly of: 'production' | 'sandbox';
  readonly url: string;
}

/** The backends that are not the built-in echo, of APIs that answer. */
const backendsOf = ({ store }: Ports): readonly Backend[] =>
  store.apis
    .list()
    .filter(({ state }) => state === 'PUBLISHED' || state === 'PROTOTYPED' || state === 'DEPRECATED')
    .flatMap((api) => [
      { api, of: 'production' as const, url: api.productionBackend },
      { api, of: 'sandbox' as const, url: api.sandboxBackend },
    ])
    .flatMap(({ url, ...rest }) => (url === null || url === 'echo' ? [] : [{ ...rest, url }]))
    .slice(0, mostBackends);

/** Whether backends accept connections. Names APIs and no addresses; undefined without backends. */
export const judgeBackends = async (ports: Ports): Promise<Judgement | undefined> => {
  const backends = backendsOf(ports);
  if (backends.length === 0) return undefined;
  const tried = await Promise.all(
    backends.map(async ({ api, of, url }) => {
      const fault = isOwnAddress(ports, url)
        ? 'it is this endpoint itself'
        : await ports.machine.backendFault(url, api.backendCa);
      return fault === undefined ? [] : [`${of} of ${apiLabel(api)}: ${fault}`];
    }),
  );
  const faults = tried.flat();
  if (faults.length === 0) return ok(`${backends.length}, each accepts connections`);
  return warning(
    `${faults.length} of ${backends.length} cannot be used (${named(faults)})`,
    'Start these backends, or change them: `keyfob apis update --api`, or on the APIs screen.',
  );
};

/** Published APIs that no application may call; undefined without published APIs. */
export const judgeSubscriptions = (ports: Ports): Judgement | undefined => {
  const { apis, subscriptions } = ports.store;
  const published = apis.list().filter(({ state }) => state === 'PUBLISHED');
  if (published.length === 0) return undefined;
  const living = new Set(livingApplications(ports).map(({ id }) => id));
  const called = new Set(
    subscriptions.list().flatMap(({ applicationId, apiId }) => (living.has(applicationId) ? [apiId] : [])),
  );
  const unused = published.filter(({ id, open, resources }) => {
    const needsToken = resources.some(({ authType }) => authType !== 'None');
    return needsToken && !open && !called.has(id);
  });
  if (unused.length === 0) return ok(`${published.length} published, each has callers`);
  return warning(
    `no application may call ${named(unused.map(apiLabel))}`,
    'Subscribe an application: `keyfob subscriptions create`. Or open them to all: `keyfob apis update --open`.',
  );
};

/** Resources that no token opens, because none of their scopes exists; undefined if all can be opened. */
export const judgeResourceScopes = (ports: Ports): Judgement | undefined => {
  const closed = ports.store.apis.list().flatMap((api) =>
    api.resources
      .filter(({ authType, scopes }) => authType !== 'None' && scopes.length > 0)
      .filter(({ scopes }) => !scopes.some((scope) => isGrantable(ports, scope)))
      .map(({ verb, template, scopes }) => `${verb} ${template} of ${apiLabel(api)} needs ${scopes.join(' or ')}`),
  );
  if (closed.length === 0) return undefined;
  return warning(
    `${closed.length === 1 ? 'a resource needs a scope that does' : `${closed.length} resources need scopes that do`} not exist (${named(closed)})`,
    'Create the scopes: `keyfob scopes create`, or on the Scopes screen. Until then no token opens these resources.',
  );
};
