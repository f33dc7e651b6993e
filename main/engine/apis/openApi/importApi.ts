import type { ApiResource } from '../../../../preload/contract/apis.ts';
import { conflict } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ApiRow } from '../../ports/store/apis.ts';
import type { ScopeRow } from '../../ports/store/scopes.ts';
import { demandValidApi } from '../apiRules.ts';
import { apiLabel } from '../findApi.ts';
import { contextOf } from '../newApi.ts';
import { type ReadDocument, readDocument } from './document.ts';
import type { ScopeDefinition } from './scopes.ts';
import { createNotes, type Notes } from './values.ts';

/** What the person adds to the document; it wins over the document. */
export interface ImportChoices {
  readonly context?: string | undefined;
  readonly version?: string | undefined;
  readonly productionBackend?: string | null | undefined;
  readonly sandboxBackend?: string | null | undefined;
  readonly replace: boolean;
}

/** An import that was checked but not written. */
export interface ImportPlan {
  readonly row: Omit<ApiRow, 'id'>;
  /** The API that it replaces. */
  readonly before: ApiRow | undefined;
  readonly newScopes: readonly ScopeDefinition[];
  /** Existing scopes of other APIs, which this API gets too. */
  readonly sharedScopes: readonly ScopeRow[];
  readonly notes: string[];
}

/** A tier that exists at the level of APIs and resources; `Unlimited`, with a note, for any other. */
const knownTier = ({ store }: Ports, name: string, notes: Notes): string => {
  if (store.tiers.byName('advanced', name) !== undefined) return name;
  notes.add(`No advanced tier is named "${name.slice(0, 50)}", so Unlimited is used. Create it, then set it.`);
  return 'Unlimited';
};

/** The first that is known. Null is known: no backend. */
const firstOf = (...backends: readonly (string | null | undefined)[]): string | null =>
  backends.find((one) => one !== undefined) ?? null;

const backendsOf = ({ backends }: ReadDocument, choices: ImportChoices, before: ApiRow | undefined, notes: Notes) => {
  const { production, sandbox } = backends;
  const isSilent = production === undefined && sandbox === undefined;
  if (isSilent && before === undefined && choices.productionBackend === undefined) {
    notes.add('The document names no server with a whole URL, so the built-in echo answers.');
  }
  const other = before ?? { productionBackend: 'echo', sandboxBackend: 'echo' };
  return {
    productionBackend: firstOf(choices.productionBackend, production, other.productionBackend),
    sandboxBackend: firstOf(choices.sandboxBackend, sandbox, other.sandboxBackend),
  };
};

const scopePlan = ({ store }: Ports, scopes: readonly ScopeDefinition[], apiId: number | undefined, notes: Notes) => {
  const newScopes: ScopeDefinition[] = [];
  const sharedScopes: ScopeRow[] = [];
  for (const scope of scopes) {
    const existing = store.scopes.byName(scope.name);
    if (existing === undefined) newScopes.push(scope);
    else if (apiId === undefined || !existing.apiIds.includes(apiId)) {
      notes.add(`The scope "${scope.name}" already exists. It keeps its roles and description.`);
      // A scope without APIs is open to every application. It stays so.
      if (existing.apiIds.length > 0) sharedScopes.push(existing);
    }
  }
  return { newScopes, sharedScopes };
};

/** Reads a parsed document into an API, and checks it against the stored ones. Throws `bad_input` and `conflict`. */
export const planImport = (ports: Ports, document: unknown, choices: ImportChoices): ImportPlan => {
  const notes = createNotes();
  const read = readDocument(document, notes);
  const named = { name: read.name, version: choices.version ?? read.version };
  const before = ports.store.apis.list().find((row) => apiLabel(row) === apiLabel(named));
  if (before !== undefined && !choices.replace) {
    throw conflict(
      'replace',
      `The API ${apiLabel(named)} already exists. Replace it, or import it as another version.`,
    );
  }
  const resources: readonly ApiResource[] = read.resources.map((resource) => ({
    ...resource,
    tier: knownTier(ports, resource.tier, notes),
  }));
  if (resources.length === 0) notes.add('The document has no operations, so the API answers no path yet.');
  const row = {
    ...named,
    context: choices.context ?? read.context ?? before?.context ?? contextOf(read.name),
    ...backendsOf(read, choices, before, notes),
    state: before?.state ?? 'PUBLISHED',
    isDefaultVersion: before?.isDefaultVersion ?? false,
    open: before?.open ?? false,
    backendCa: before?.backendCa ?? null,
    createdAtMs: before?.createdAtMs ?? ports.clock.realTimeMs(),
    description: read.description,
    tier: knownTier(ports, read.tier, notes),
    authorizationHeader: read.authorizationHeader,
    cors: read.cors,
    resources,
  };
  demandValidApi(ports, row, before);
  return { row, before, ...scopePlan(ports, read.scopes, before?.id, notes), notes: notes.all() };
};

/** Writes a plan that was made in the same transaction. Returns the API's row. */
export const saveImport = (ports: Ports, { row, before, newScopes, sharedScopes }: ImportPlan): ApiRow => {
  const { apis, scopes } = ports.store;
  const saved = before === undefined ? apis.insert(row) : { ...row, id: before.id };
  if (before !== undefined) apis.update(saved);
  ports.events.emit('apis.changed', { apiId: saved.id });
  for (const scope of newScopes) scopes.insert({ ...scope, apiIds: [saved.id] });
  for (const scope of sharedScopes) scopes.update({ ...scope, apiIds: [...scope.apiIds, saved.id] });
  for (const { name } of [...newScopes, ...sharedScopes]) ports.events.emit('scopes.changed', { name });
  return saved;
};
