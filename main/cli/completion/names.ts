import type { Caller } from '../../transport/reply.ts';
import { programNames } from '../trust/guides.ts';
import type { Candidate, FlagAtCursor } from './candidates.ts';

const mostTokens = 50;

const plain = (values: Iterable<string>): Candidate[] => [...new Set(values)].map((value) => ({ value, about: '' }));

type Source = (call: Caller, flag: FlagAtCursor) => Promise<Candidate[]>;

const applications: Source = async (call) =>
  (await call('applications.list', {})).items.map(({ name, owner }) => ({ value: name, about: `owner ${owner}` }));

const users: Source = async (call) =>
  (await call('users.list', {})).items.map(({ username, roles }) => ({ value: username, about: roles.join(', ') }));

const scopes: Source = async (call) =>
  (await call('scopes.list', {})).items.map(({ name, description }) => ({ value: name, about: description }));

/** Filters by the application, key type and user before the cursor. */
function filterOf({ given }: FlagAtCursor) {
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

const devices: Source = async (call, flag) => {
  const { items } = await call('tokens.list', { ...filterOf(flag), deviceTokens: true, limit: 1000 });
  return plain(items.flatMap(({ device }) => device ?? []));
};

const tokens: Source = async (call, flag) => {
  const { items } = await call('tokens.list', { ...filterOf(flag), limit: mostTokens });
  return items.map(({ id, application, user, scope }) => ({
    value: String(id),
    about: `${application}, ${user}: ${scope}`,
  }));
};

const deviceSets: Source = async (call, { given }) => {
  const { application } = given;
  const { items } = await call('deviceSets.list', application === undefined ? {} : { application });
  return items.map(({ name, application: of, devices: all }) => ({
    value: name,
    about: `${of}, ${all.slice(0, 3).join(', ')}${all.length > 3 ? ' …' : ''}`,
  }));
};

const apis: Source = async (call) =>
  (await call('apis.list', {})).items.map(({ name, version, basePath }) => ({
    value: `${name}/${version}`,
    about: basePath,
  }));

const subscriptions: Source = async (call) =>
  (await call('subscriptions.list', {})).items.map(({ id, application, api, tier }) => ({
    value: String(id),
    about: `${application}, ${api} at ${tier}`,
  }));

const tierLevels: Readonly<Record<string, string>> = {
  applications: 'application',
  subscriptions: 'subscription',
  apis: 'advanced',
};

/** Tiers of the level that the topic uses; `keyfob tiers` names the level before the cursor. */
const tiers: Source = async (call, { topic, given }) => {
  const level = tierLevels[topic] ?? given.level?.toLowerCase();
  const { items } = await call('tiers.list', {});
  return items
    .filter((tier) => level === undefined || tier.level === level)
    .map(({ name, description }) => ({ value: name, about: description }));
};

/** Names for the values of a flag. */
const sources: Readonly<Record<string, Source>> = {
  application: applications,
  applications,
  user: users,
  owner: users,
  device: devices,
  set: deviceSets,
  token: tokens,
  ids: tokens,
  scope: scopes,
  scopes,
  api: apis,
  apis,
  subscription: subscriptions,
  tier: tiers,
  roles: async (call) => plain((await call('users.list', {})).items.flatMap(({ roles }) => roles)),
};

/** Names for `--name`, by topic. */
const named: Readonly<Record<string, Source>> = { scopes, tiers };

/** Existing names for the value of a flag; none if no process serves the data folder. */
export async function namesOf(atCursor: FlagAtCursor, call: Caller | undefined): Promise<readonly Candidate[]> {
  const { topic, flag } = atCursor;
  if (flag === 'for') return plain(programNames);
  const source = (flag === 'name' ? named[topic] : undefined) ?? sources[flag];
  // `scopes --scope` takes a new name.
  if (source === undefined || call === undefined || (topic === 'scopes' && flag === 'scope')) return [];
  return await source(call, atCursor);
}
