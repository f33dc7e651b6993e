import { apis as apiMethods } from '../../../preload/contract/apis.ts';
import type { DescribeFile } from '../../../preload/contract/describeFile.ts';
import { scopes as scopeMethods } from '../../../preload/contract/scopes.ts';
import { tiers as tierMethods } from '../../../preload/contract/tiers.ts';
import { apiLabel, findApi } from '../apis/findApi.ts';
import { badInput } from '../errors.ts';
import type { UserRow } from '../ports/store/users.ts';
import { displayName, parseUsername } from '../usernames.ts';
import { at, noteChange, type Run, upsert } from './run.ts';

type Item<K extends keyof DescribeFile> = NonNullable<DescribeFile[K]> extends readonly (infer I)[] ? I : never;

const applyTier = (run: Run, given: Item<'tiers'>): void => {
  const { level, name } = given;
  const current = run.ports.store.tiers.byName(level, name);
  upsert(run, `tier:${level}/${name}`, given, current && { ...current }, {
    create: () => run.methods.tiers.create(tierMethods.create.input.parse(given)),
    change: (changed) => run.methods.tiers.update(tierMethods.update.input.parse({ level, name, ...changed })),
  });
};

/** The resources of the contract: one for each verb. */
const resourcesOf = (all: NonNullable<Item<'apis'>['resources']>) =>
  all.flatMap(({ verbs, template, authType = 'Any', scopes = [], tier = 'Unlimited' }) =>
    [...new Set(verbs)].map((verb) => ({ verb, template, authType, scopes, tier })),
  );

const applyApi = (run: Run, { resources, ...rest }: Item<'apis'>): void => {
  const given = { ...rest, ...(resources !== undefined && { resources: resourcesOf(resources) }) };
  const label = apiLabel({ name: rest.name, version: rest.version ?? '1.0.0' });
  const current = run.ports.store.apis.list().find((row) => apiLabel(row) === label);
  upsert(run, `api:${label}`, given, current && { ...current }, {
    create: () => run.methods.apis.create(apiMethods.create.input.parse(given)),
    change: (changed) => run.methods.apis.update(apiMethods.update.input.parse({ api: label, ...changed })),
  });
};

const applyScope = (run: Run, given: Item<'scopes'>): void => {
  const { ports } = run;
  const row = ports.store.scopes.byName(given.name);
  const labels = (refs: readonly string[]) => refs.map((ref) => apiLabel(findApi(ports, ref, 'apis')));
  const wanted = { ...given, ...(given.apis !== undefined && { apis: labels(given.apis) }) };
  const apis = row?.apiIds.flatMap((id) => ports.store.apis.byId(id) ?? []).map(apiLabel);
  upsert(run, `scope:${given.name}`, wanted, row && { ...row, apis }, {
    create: () => run.methods.scopes.create(scopeMethods.create.input.parse(given)),
    change: (changed) => run.methods.scopes.update(scopeMethods.update.input.parse({ name: given.name, ...changed })),
  });
};

const userNamed = ({ store }: Run['ports'], username: string): UserRow | undefined => {
  const find = (emailUsernames: boolean) => {
    const { name, userStore, tenantDomain } = parseUsername(username, emailUsernames);
    return store.users.byName(name, userStore, tenantDomain);
  };
  return find(false) ?? find(store.settings.read().emailUsernames);
};

const applyUser = (run: Run, { username, password, claims = {}, ...given }: Item<'users'>): void => {
  const { ports, methods } = run;
  const existing = userNamed(ports, username);
  const isNew = existing === undefined;
  if (isNew && password === undefined) throw badInput('password', 'A new user needs a password. Add one.');
  if (isNew) methods.users.create({ username, password: password ?? '', roles: given.roles ?? [] });
  const row = existing ?? userNamed(ports, username);
  if (row === undefined) throw new Error('The user that was just created is missing.');
  const user = displayName(row);
  const item = `user:${user}`;
  const before = run.changes.length;
  const change = ({ roles, enabled, ...changed }: Readonly<Record<string, unknown>>): void => {
    if (roles !== undefined) methods.users.setRoles({ user, roles: given.roles ?? [] });
    if (enabled !== undefined) (enabled ? methods.users.enable : methods.users.disable)({ user });
    if (Object.keys(changed).length > 0) methods.users.setClaims({ user, ...claims });
  };
  upsert(run, item, { ...given, ...claims }, { ...row, ...row.claims }, { create: () => undefined, change });
  const isOther = !isNew && password !== undefined && !ports.store.users.passwordMatches(row.id, password);
  if (isOther) methods.users.setPassword({ user, password: password ?? '' });
  if (!isNew && !isOther) return;
  // One line for each user: claims and states of a new one are part of its creation.
  const noted = run.changes.splice(before);
  if (noted.length === 0) run.unchanged -= 1;
  const others = noted.map(({ why }) => why);
  if (isNew) noteChange(run, 'create', item);
  else noteChange(run, 'change', item, [...others, 'another password, which revokes its tokens'].join(', '));
};

/** Applies tiers, APIs, scopes and users, in the order in which they refer to each other. */
export const applyItems = (run: Run): void => {
  const { tiers = [], apis = [], scopes = [], users = [] } = run.description.file;
  for (const [index, one] of tiers.entries()) {
    at(run, ['tiers', index], `tier:${one.level}/${one.name}`, () => applyTier(run, one));
  }
  for (const [index, one] of apis.entries()) at(run, ['apis', index], `api:${one.name}`, () => applyApi(run, one));
  for (const [index, one] of scopes.entries())
    at(run, ['scopes', index], `scope:${one.name}`, () => applyScope(run, one));
  for (const [index, one] of users.entries())
    at(run, ['users', index], `user:${one.username}`, () => applyUser(run, one));
};
