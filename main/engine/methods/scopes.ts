import type { Handlers } from '../../../preload/contract/index.ts';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ScopeRow } from '../ports/scopeStore.ts';

const view = ({ id, name, description, roles }: ScopeRow): Scope => ({ id, name, description, roles: [...roles] });

const find = ({ store }: Ports, name: string): ScopeRow => {
  const row = store.scopes.byName(name);
  if (row !== undefined) return row;
  const known = store.scopes.list().map((scope) => scope.name);
  throw notFound('name', `No scope named "${name}".${didYouMean(name, known)}`);
};

const unique = (roles: readonly string[]): readonly string[] => [...new Set(roles)];

export const scopeHandlers = (ports: Ports): Handlers['scopes'] => ({
  list: () => ({ items: ports.store.scopes.list().map(view) }),
  create: ({ name, description, roles }) => {
    if (ports.store.scopes.byName(name) !== undefined) {
      throw conflict('name', `A scope named "${name}" already exists. Change it, or choose another name.`);
    }
    const row = ports.store.scopes.insert({ name, description, roles: unique(roles) });
    ports.events.emit('scopes.changed', { name });
    return view(row);
  },
  update: ({ name, description, roles }) => {
    const before = find(ports, name);
    const row: ScopeRow = {
      ...before,
      description: description ?? before.description,
      roles: roles === undefined ? before.roles : unique(roles),
    };
    ports.store.scopes.update(row);
    ports.events.emit('scopes.changed', { name });
    return view(row);
  },
  delete: ({ name }) => {
    const row = find(ports, name);
    ports.store.scopes.delete(row.id);
    ports.events.emit('scopes.changed', { name });
    return view(row);
  },
});
