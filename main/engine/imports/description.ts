import { callbackUrl as callbackSchema } from '../../../preload/contract/callbackUrl.ts';
import { endpointNames } from '../../../preload/contract/endpointNames.ts';
import type { Server } from '../../../preload/contract/servers.ts';
import { subscriptionState } from '../../../preload/contract/subscriptions.ts';
import type { TierLevel } from '../../../preload/contract/tiers.ts';
import { type GrantType, grantType, type KeyType } from '../../../preload/contract/values.ts';
import { apiLabel } from '../apis/findApi.ts';
import type { Notes } from '../apis/openApi/values.ts';
import { layoutOf } from '../clients/readCommand.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import { findUser } from '../references.ts';
import { displayName } from '../usernames.ts';
import type { ForeignApplication, ForeignKeys, ForeignSubscription } from './foreign.ts';

/** The choices of the person who imports. */
export interface ImportChoices {
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly keyType?: KeyType | undefined;
  readonly tokenUrl?: string | undefined;
  readonly withKeys: boolean;
}

/** A tier that exists here; `Unlimited` for another one, with a note. */
const knownTier = (ports: Ports, level: TierLevel, tier: string | undefined, notes: Notes): string | undefined => {
  if (tier === undefined || ports.store.tiers.byName(level, tier) !== undefined) return tier;
  notes.add(`The ${level} tier ${tier} does not exist here, so Unlimited is used. Create the tier first to keep it.`);
  return 'Unlimited';
};

/** The owner of the file if that user exists here; else a note. */
const knownOwner = (ports: Ports, owner: string | undefined, notes: Notes): string | undefined => {
  if (owner === undefined) return undefined;
  try {
    return displayName(findUser(ports, owner));
  } catch {
    notes.add(
      `The owner ${owner} does not exist here, so the owner is admin or stays. Choose an owner to change that.`,
    );
    return undefined;
  }
};

const grantsOf = ({ grantTypes }: ForeignKeys, what: string, notes: Notes): GrantType[] | undefined => {
  if (grantTypes === undefined) return undefined;
  const known = grantTypes.flatMap((grant) => grantType.safeParse(grant).data ?? []);
  const others = grantTypes.filter((grant) => !known.some((one) => one === grant));
  if (others.length > 0)
    notes.add(
      `These grant types of the ${what} keys are left out, as Keyfob does not serve them: ${others.join(', ')}.`,
    );
  return known.length === 0 ? undefined : [...new Set(known)];
};

const callbackOf = ({ callbackUrl }: ForeignKeys, what: string, notes: Notes): string | undefined => {
  if (callbackUrl === undefined || callbackSchema.safeParse(callbackUrl).success) return callbackUrl;
  notes.add(`The callback of the ${what} keys is left out, as Keyfob cannot use it.`);
  return undefined;
};

/** The server of a token address; undefined for this machine's. */
const serverOf = ({ store }: Ports, tokenUrl: string | undefined): Server | undefined => {
  if (tokenUrl === undefined) return undefined;
  const [, host = ''] = /^https?:\/\/\[?((?<=\[)[^\]]+|[^:/?#]+)/i.exec(tokenUrl) ?? [];
  const isHere = endpointNames(store.settings.read().extraNames).includes(host.toLowerCase());
  return isHere ? undefined : { ...layoutOf(tokenUrl, true), tokenUrl, caCertificate: '' };
};

const keysOf = (ports: Ports, keys: ForeignKeys, keyType: KeyType, { tokenUrl }: ImportChoices, notes: Notes) => {
  const server = serverOf(ports, tokenUrl ?? keys.tokenUrl);
  if (server !== undefined && tokenUrl === undefined) {
    notes.add(`The ${keyType} keys are kept as keys of ${server.tokenUrl}. Check its other addresses.`);
  }
  if (keys.consumerSecret === undefined) {
    if (server !== undefined) {
      throw badInput('file', `The file has no secret for the ${keyType} keys, and keys of another server need one.`);
    }
    notes.add(`The file has no secret for the ${keyType} keys. New keys get a random one.`);
  }
  const { application, user, refresh } = keys.lifetimes ?? {};
  return {
    consumerKey: keys.consumerKey,
    consumerSecret: keys.consumerSecret,
    grantTypes: grantsOf(keys, keyType, notes),
    callbackUrl: callbackOf(keys, keyType, notes),
    ...{ publicClient: keys.publicClient, pkce: keys.pkce, pkcePlain: keys.pkcePlain, tokenFormat: keys.tokenFormat },
    applicationTokenValiditySeconds: application,
    userTokenValiditySeconds: user,
    refreshTokenValiditySeconds: refresh,
    server,
  };
};

const subscriptionsOf = (ports: Ports, all: readonly ForeignSubscription[], notes: Notes) => {
  const labels = new Set(ports.store.apis.list().map(apiLabel));
  return all.flatMap(({ api, version, tier, state }) => {
    const label = apiLabel({ name: api, version });
    if (!labels.has(label)) {
      notes.add(
        `The subscription to ${label} is left out: that API does not exist here. Create it, then import again.`,
      );
      return [];
    }
    const known = subscriptionState.safeParse(state).data;
    return [{ api: label, tier: knownTier(ports, 'subscription', tier, notes) ?? 'Unlimited', state: known }];
  });
};

/** The application of a file, as a keyfob.yaml describes it. Throws `bad_input` for one without a name. */
export const descriptionOf = (
  ports: Ports,
  application: ForeignApplication,
  choices: ImportChoices,
  notes: Notes,
): Readonly<Record<string, unknown>> => {
  const name = choices.name ?? application.name;
  if (name === undefined) throw badInput('name', 'This file names no application. Enter the name of an application.');
  const taken = new Set<KeyType>();
  const keys = Object.fromEntries(
    (choices.withKeys ? application.keys : []).flatMap((one) => {
      const type = one.keyType ?? choices.keyType ?? 'PRODUCTION';
      if (taken.has(type)) {
        notes.add(`More keys of ${type} are left out: an application has one key set for each key type.`);
        return [];
      }
      taken.add(type);
      return [[type, keysOf(ports, one, type, choices, notes)]];
    }),
  );
  return {
    name,
    owner: choices.owner ?? knownOwner(ports, application.owner, notes),
    description: application.description,
    tier: knownTier(ports, 'application', application.tier, notes),
    ...(taken.size > 0 && { keys }),
    subscriptions: subscriptionsOf(ports, application.subscriptions, notes),
  };
};
