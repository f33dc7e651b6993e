import { about } from './about.ts';
import { apis } from './apis.ts';
import { applications } from './applications.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { consents } from './consents.ts';
import type { AnyMethod, HandlersOf } from './define.ts';
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
import { settings } from './settings/settings.ts';
import { signingKeys } from './signingKeys.ts';
import { snippets } from './snippets.ts';
import { subscriptions } from './subscriptions.ts';
import { tiers } from './tiers.ts';
import { today } from './today.ts';
import { tokens } from './tokens.ts';
import { users } from './users.ts';
import { vault } from './vault.ts';

/** The whole surface of Keyfob: every method that window, browser, command line and tests can call. */
export const contract = {
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

export type Contract = typeof contract;
export type TopicName = keyof Contract;

/** `topic.method`, as on the wire. */
export type MethodName = { [T in TopicName]: `${T}.${keyof Contract[T] & string}` }[TopicName];

export type MethodOf<N extends MethodName> = N extends `${infer T extends TopicName}.${infer M}`
  ? M extends keyof Contract[T]
    ? Contract[T][M] extends AnyMethod
      ? Contract[T][M]
      : never
    : never
  : never;

/** The functions behind the contract; a missing one is a compile error. */
export type Handlers = { readonly [T in TopicName]: HandlersOf<Contract[T]> };
