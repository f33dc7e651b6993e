import type { Api, ApiResource, ApiVerb } from '../../../preload/contract/apis.ts';
import type { OutputOf } from '../../../preload/contract/define.ts';
import type { Handlers, MethodOf } from '../../../preload/contract/index.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { demandValidApi } from '../apis/apiRules.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import { contextOf, everything, mostResources } from '../apis/newApi.ts';
import type { ImportPlan } from '../apis/openApi/importApi.ts';
import { basePathOf } from '../apis/paths.ts';
import { findTier } from '../apis/tierRules.ts';
import { badInput, notFound } from '../errors.ts';
import { explainMatch } from '../gateway/matching/explainMatch.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';
import { livingApplications } from '../references.ts';

/** Builds the views of APIs, with the counts of their subscriptions. */
const createView = (ports: Ports): ((row: ApiRow) => Api) => {
  const { store, endpoint } = ports;
  const { tokenUrl = `https://localhost:${store.settings.read().port}/token` } = endpoint.status();
  const origin = tokenUrl.replace(/\/token$/, '');
  const living = new Set(livingApplications(ports).map(({ id }) => id));
  const subscriptions = store.subscriptions.list().filter(({ applicationId }) => living.has(applicationId));
  const byApi = Map.groupBy(subscriptions, ({ apiId }) => apiId);
  return (row) => {
    const basePath = basePathOf(row);
    const resources = row.resources.map((resource) => ({ ...resource, scopes: [...resource.scopes] }));
    const count = byApi.get(row.id)?.length ?? 0;
    return { ...row, basePath, url: `${origin}${basePath}`, resources, subscriptions: count };
  };
};

const view = (ports: Ports, row: ApiRow): Api => createView(ports)(row);

const changed = ({ events }: Ports, apiId: number): void => {
  events.emit('apis.changed', { apiId });
};

const write = (ports: Ports, before: ApiRow, changes: Partial<ApiRow>): Api => {
  const row = { ...before, ...changes };
  demandValidApi(ports, row, before);
  ports.store.apis.update(row);
  changed(ports, row.id);
  return view(ports, row);
};

const isAt =
  (verb: ApiVerb, template: string) =>
  (resource: ApiResource): boolean =>
    resource.verb === verb && resource.template === template;

/** Removes an API from its scopes, and deletes scopes that belong to no other API. Returns the deleted names. */
const releaseScopes = ({ store, events }: Ports, id: number): string[] => {
  const own = store.scopes.list().filter(({ apiIds }) => apiIds.includes(id));
  for (const row of own) {
    const apiIds = row.apiIds.filter((apiId) => apiId !== id);
    // Without APIs, it would be open to every application.
    if (apiIds.length === 0) store.scopes.delete(row.id);
    else store.scopes.update({ ...row, apiIds });
    events.emit('scopes.changed', { name: row.name });
  }
  return own.filter(({ apiIds }) => apiIds.length === 1).map(({ name }) => name);
};

/** Deletes an API with its subscriptions and its own scopes. */
const deleteApi = (ports: Ports, row: ApiRow): OutputOf<MethodOf<'apis.delete'>> => {
  const subscriptions = ports.store.subscriptions.list().filter(({ apiId }) => apiId === row.id);
  const scopes = releaseScopes(ports, row.id);
  ports.store.apis.delete(row.id);
  changed(ports, row.id);
  for (const { applicationId, apiId } of subscriptions) {
    ports.events.emit('subscriptions.changed', { applicationId, apiId });
  }
  return { id: row.id, name: row.name, version: row.version, subscriptions: subscriptions.length, scopes };
};

export const apiHandlers = (ports: Ports): Handlers['apis'] => ({
  list: () => ({ items: ports.store.apis.list().map(createView(ports)) }),
  read: ({ api }) => view(ports, findApi(ports, api)),
  create: ({ context, resources, ...input }) => {
    const fresh = {
      ...input,
      context: context ?? contextOf(input.name),
      resources: resources ?? everything,
      createdAtMs: ports.clock.realTimeMs(),
    };
    demandValidApi(ports, fresh);
    const row = ports.store.apis.insert(fresh);
    changed(ports, row.id);
    return view(ports, row);
  },
  update: ({ api, ...input }) => {
    const entries = Object.entries(input).filter(([, value]) => value !== undefined);
    return write(ports, findApi(ports, api), Object.fromEntries(entries));
  },
  delete: ({ api }) => deleteApi(ports, findApi(ports, api)),
  match: ({ verb, path }) => explainMatch(ports, verb, path),
  setResource: ({ api, ...resource }) => {
    const row = findApi(ports, api);
    findTier(ports, 'advanced', resource.tier, 'tier');
    const at = row.resources.findIndex(isAt(resource.verb, resource.template));
    if (at === -1 && row.resources.length >= mostResources) {
      throw badInput('template', `An API may have at most ${mostResources} resources. Delete another one first.`);
    }
    const resources = at === -1 ? [...row.resources, resource] : row.resources.with(at, resource);
    return write(ports, row, { resources });
  },
  deleteResource: ({ api, verb, template }) => {
    const row = findApi(ports, api);
    const resources = row.resources.filter((resource) => !isAt(verb, template)(resource));
    if (resources.length === row.resources.length) {
      const known = row.resources.filter((resource) => resource.verb === verb).map((resource) => resource.template);
      throw notFound('template', `${apiLabel(row)} has no resource ${verb} ${template}.${didYouMean(template, known)}`);
    }
    return write(ports, row, { resources });
  },
  importOpenApi: async ({ file, preview, ...choices }) => {
    const parsed = await ports.parseDocument(file);
    if (!parsed.ok) throw badInput('file', `The document cannot be read. ${parsed.message}`);
    // Loaded with the first import, so that the program starts faster.
    const { planImport, saveImport } = await import('../apis/openApi/importApi.ts');
    const answer = (plan: ImportPlan, row: ApiRow): OutputOf<MethodOf<'apis.importOpenApi'>> => ({
      api: { ...view(ports, row), ...(plan.before === undefined && { subscriptions: 0 }) },
      created: plan.before === undefined,
      scopes: plan.newScopes.map(({ name }) => name),
      notes: plan.notes,
    });
    if (preview) {
      const plan = planImport(ports, parsed.value, choices);
      return answer(plan, { ...plan.row, id: plan.before?.id ?? 1 });
    }
    return await ports.steps.once(() => {
      const plan = planImport(ports, parsed.value, choices);
      return answer(plan, saveImport(ports, plan));
    });
  },
});
