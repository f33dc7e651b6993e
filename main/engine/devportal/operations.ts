import type { PortalCall, PublicCall } from './call.ts';
import type { PortalAnswer } from './portal.ts';
import { listApis, readApi } from './topics/apis.ts';
import {
  createApplication,
  deleteApplication,
  listApplications,
  readApplication,
  updateApplication,
} from './topics/applications.ts';
import { listKeyManagers } from './topics/keyManagers.ts';
import {
  cleanUpKeys,
  generateKeys,
  generateToken,
  listKeys,
  mapKeys,
  readKeys,
  regenerateSecret,
  updateKeys,
} from './topics/keys.ts';
import { listPolicies, readPolicy } from './topics/policies.ts';
import { registerClient } from './topics/registration.ts';
import { readSettings } from './topics/settings.ts';
import {
  createSubscription,
  createSubscriptions,
  deleteSubscription,
  listSubscriptions,
  readSubscription,
  updateSubscription,
} from './topics/subscriptions.ts';

interface Operation {
  readonly kind: 'read' | 'write';
  /** The caller needs one of these. */
  readonly scopes: readonly string[];
  readonly run: (call: PortalCall) => PortalAnswer;
}
/** Anybody may call. Credentials are checked if there are some. */
interface PublicOperation {
  readonly kind: 'public';
  readonly scopes: readonly [];
  readonly run: (call: PublicCall) => PortalAnswer;
}

const read = (scopes: readonly string[], run: Operation['run']): Operation => ({ kind: 'read', scopes, run });
const write = (scopes: readonly string[], run: Operation['run']): Operation => ({ kind: 'write', scopes, run });
const open = (run: PublicOperation['run']): PublicOperation => ({ kind: 'public', scopes: [], run });

const manage = ['apim:subscribe', 'apim:app_manage'];
const subscribe = ['apim:subscribe', 'apim:sub_manage'];

/** The operations with the scopes that API Manager demands for them. */
export const operations = {
  listApplications: read(manage, listApplications),
  createApplication: write(manage, createApplication),
  readApplication: read(manage, readApplication),
  updateApplication: write(manage, updateApplication),
  deleteApplication: write(manage, deleteApplication),
  generateKeys: write(manage, generateKeys),
  mapKeys: write(manage, mapKeys),
  listKeys: read(manage, listKeys),
  readKeys: read(manage, readKeys),
  updateKeys: write(manage, updateKeys),
  regenerateSecret: write(manage, regenerateSecret),
  cleanUpKeys: read(manage, cleanUpKeys),
  generateToken: write(manage, generateToken),
  listSubscriptions: read(subscribe, listSubscriptions),
  createSubscription: write(subscribe, createSubscription),
  createSubscriptions: write(subscribe, createSubscriptions),
  readSubscription: read(subscribe, readSubscription),
  updateSubscription: write(subscribe, updateSubscription),
  deleteSubscription: write(subscribe, deleteSubscription),
  listApis: open(listApis),
  readApi: open(readApi),
  listPolicies: read(manage, listPolicies),
  readPolicy: read(manage, readPolicy),
  listKeyManagers: read(manage, listKeyManagers),
  readSettings: read(['apim:store_settings', 'apim:subscribe'], readSettings),
  registerClient: write(manage, registerClient),
} satisfies Readonly<Record<string, Operation | PublicOperation>>;

export type PortalOperation = keyof typeof operations;
