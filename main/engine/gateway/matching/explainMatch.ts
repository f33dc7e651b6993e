import type { ApiResource, ApiVerb } from '../../../../preload/contract/apis.ts';
import type { Ports } from '../../ports/ports.ts';
import { whyNoApi, whyNoResource } from './dispatch.ts';
import { routeOf } from './match.ts';

/** Where a request leads. */
export interface ExplainedMatch {
  /** Like `orders/1.0.0`. */
  readonly api?: string;
  readonly resource?: ApiResource;
  readonly resourcePath?: string;
  /** The verbs that the path answers. */
  readonly verbs: ApiVerb[];
  readonly text: string;
}

const needs = ({ authType, scopes }: ApiResource): string => {
  if (authType === 'None') return 'It needs no token.';
  if (scopes.length === 0) return 'It needs a token.';
  return scopes.length === 1
    ? `It needs a token with the scope ${scopes[0]}.`
    : `It needs a token with one of the scopes ${scopes.join(', ')}.`;
};

/** Says which API and resource a request leads to. `target` is a path, with or without a query. */
export const explainMatch = ({ store }: Ports, verb: ApiVerb, target: string): ExplainedMatch => {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = at < 0 ? '' : target.slice(at + 1);
  const rows = store.apis.list();
  const route = routeOf(rows, path);
  if (route === undefined) return { verbs: [], text: whyNoApi(rows, path) };
  const { api, resourcePath } = route;
  const verbs = [...api.resources.verbsOf(resourcePath, query)];
  const found = { api: api.label, resourcePath, verbs };
  const resource = api.resources.find(verb, resourcePath, query)?.row;
  if (resource === undefined) return { ...found, text: whyNoResource(route, verb, verbs) };
  const others = api.resources
    .matching(verb, resourcePath, query)
    .filter(({ template }) => template !== resource.template);
  const overlap = others.length === 0 ? '' : ` It wins over ${others.map(({ template }) => template).join(', ')}.`;
  const text = `${verb} ${path} leads to ${resource.template} of ${api.label}. ${needs(resource)}${overlap}`;
  return { ...found, resource, text };
};
