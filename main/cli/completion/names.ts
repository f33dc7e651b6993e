import type { Caller } from '../../transport/reply.ts';
import { programNames } from '../trust/guides.ts';
import type { Asked, Candidate } from './candidates.ts';

const mostTokens = 50;

const plain = (values: Iterable<string>): Candidate[] => [...new Set(values)].map((value) => ({ value, about: '' }));

type Source = (call: Caller, asked: Asked) => Promise<Candidate[]>;

const applications: Source = async (call) =>
  (await call('applications.list', {})).items.map(({ name, owner }) => ({ value: name, about: `owner ${owner}` }));

const users: Source = async (call) =>
  (await call('users.list', {})).items.map(({ username, roles }) => ({ value: username, about: roles.join(', ') }));

const scopes: Source = async (call) =>
  (await call('scopes.list', {})).items.map(({ name, description }) => ({ value: name, about: description }));

/** Of the application, key type and user that stand before it. */
function filterOf({ given }: Asked) {
  const { application, user } = given;
  const typed = given['key-type']?.toUpperCase();
  const keyType = (['PRODUCTION', 'SANDBOX'] as const).find((known) => known === typed);
  return {
    ...(application !== undefined && { application }),
    ...(user !== undefined && { user }),
    ...(keyType !== undefined && { keyType }),
    state: 'ACTIVE',
  } as const;
}

const devices: Source = async (call, asked) => {
  const { items } = await call('tokens.list', { ...filterOf(asked), deviceTokens: true, limit: 1000 });
  return plain(items.flatMap(({ device }) => device ?? []));
};

const tokens: Source = async (call, asked) => {
  const { items } = await call('tokens.list', { ...filterOf(asked), limit: mostTokens });
  return items.map(({ id, application, user, scope }) => ({
    value: String(id),
    about: `${application}, ${user}: ${scope}`,
  }));
};

/** The names to offer as values of a flag. */
const sources: Readonly<Record<string, Source>> = {
  application: applications,
  applications,
  user: users,
  owner: users,
  device: devices,
  token: tokens,
  ids: tokens,
  scope: scopes,
  roles: async (call) => plain((await call('users.list', {})).items.flatMap(({ roles }) => roles)),
};

/** Names of existing things as values of a flag, as far as a process that serves the data folder answers at once. */
export async function namesOf(asked: Asked, call: Caller | undefined): Promise<readonly Candidate[]> {
  const { topic, flag } = asked;
  if (flag === 'for') return plain(programNames);
  const source = topic === 'scopes' && flag === 'name' ? scopes : sources[flag];
  // A new name is nobody's yet.
  if (source === undefined || call === undefined || (topic === 'scopes' && flag === 'scope')) return [];
  return await source(call, asked);
}
