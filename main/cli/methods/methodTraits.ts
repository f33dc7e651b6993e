import type { MethodName, TopicName } from '../../../preload/contract/index.ts';
import { about } from './about.ts';
import { apis } from './apis.ts';
import { applications } from './applications.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { consents } from './consents.ts';
import { describe } from './describe.ts';
import { deviceSets } from './deviceSets.ts';
import { devices } from './devices.ts';
import { doctor } from './doctor.ts';
import { endpoint } from './endpoint.ts';
import { exports } from './exports.ts';
import { faults } from './faults.ts';
import { imports } from './imports.ts';
import { keys } from './keys.ts';
import { preferences } from './preferences.ts';
import { requests } from './requests.ts';
import { scopes } from './scopes.ts';
import { settings } from './settings.ts';
import { signingKeys } from './signingKeys.ts';
import { snippets } from './snippets.ts';
import { subscriptions } from './subscriptions.ts';
import { tiers } from './tiers.ts';
import { today } from './today.ts';
import { tokens } from './tokens.ts';
import type { TopicTraits, Traits } from './traits.ts';
import { users } from './users.ts';
import { vault } from './vault.ts';

/** The traits of one topic, for code that works with every topic. */
export interface AnyTopicTraits {
  readonly summary: string;
  readonly group: 'core' | 'additional';
  readonly subjects?: readonly string[];
  readonly bare?: string;
  readonly tokenTimes?: true;
  readonly methods: Readonly<Record<string, Traits<unknown>>>;
}

/** All that the command line knows about methods in addition to the contract. A missing topic is a compile error. */
const byTopic: { readonly [T in TopicName]: TopicTraits<T> } = {
  applications,
  keys,
  users,
  consents,
  scopes,
  apis,
  subscriptions,
  tiers,
  tokens,
  devices,
  deviceSets,
  snippets,
  exports,
  imports,
  endpoint,
  signingKeys,
  requests,
  faults,
  settings,
  preferences,
  audit,
  today,
  backup,
  describe,
  vault,
  about,
  doctor,
};

// Each trait takes the output of its method, and a type for all methods cannot express that.
export const topicTraits = byTopic as unknown as Readonly<Record<TopicName, AnyTopicTraits>>;

/** The traits of a method; empty if it has none. */
export function traitsOf(name: MethodName): Traits<unknown> {
  const [topic = '', method = ''] = name.split('.');
  return topicTraits[topic as TopicName].methods[method] ?? {};
}

/** Whether a method's output holds times that the clock offset moves. */
export const tellsTokenTime = (name: MethodName): boolean =>
  topicTraits[name.split('.')[0] as TopicName].tokenTimes === true;
