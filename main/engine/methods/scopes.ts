import type { Handlers } from '../../../preload/contract/index.ts';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ScopeRow } from '../ports/store/scopes.ts';
import { patched } from './shared/patched.ts';

const view = ({ store }: Ports, { id, name, description, roles, apiIds }: ScopeRow): Scope => ({
  id,
  name,
  description,
  roles: [...roles],
  apis: apiIds.flatMap((apiId) => store.apis.byId(apiId) ?? []).map(apiLabel),
});

const find = ({ store }: Ports, name: string): ScopeRow => {
  const row = store.scopes.byName(name);
  if (row !== undefined) return row;
  const known = store.scopes.list().map((scope) => scope.name);
  throw notFound('name', `No scope named "${name}".${didYouMean(name, known)}`);
};

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

const apiIdsOf = (ports: Ports, refs: readonly string[]): readonly number[] =>
  unique(refs.map((ref) => findApi(ports, ref, 'apis').id));

export const scopeHandlers = (ports: Ports): Handlers['scopes'] => ({
  list: () => ({ items: ports.store.scopes.list().map((row) => view(ports, row)) }),
  create: ({ name, description, roles, apis }) => {
    if (ports.store.scopes.byName(name) !== undefined) {
      throw conflict('name', `A scope named "${name}" already exists. Change it, or choose another name.`);
    }
    const row = ports.store.scopes.insert({
      name,
      description,
      roles: unique(roles),
      apiIds: apiIdsOf(ports, apis),
    });
    ports.events.emit('scopes.changed', { name });
    return view(ports, row);
  },
  update: ({ name, description, roles, apis }) => {
    const row = patched(find(ports, name), {
      description,
      roles: roles && unique(roles),
      apiIds: apis && apiIdsOf(ports, apis),
    });
    ports.store.scopes.update(row);
    ports.events.emit('scopes.changed', { name });
    return view(ports, row);
  },
  delete: ({ name }) => {
    const row = find(ports, name);
    ports.store.scopes.delete(row.id);
    ports.events.emit('scopes.changed', { name });
    return view(ports, row);
  },
});
