import type { ApiResource } from '../../../preload/contract/apis.ts';
import type { DescribedSecrets } from '../../../preload/contract/describe.ts';
import { settingsValues } from '../../../preload/contract/settings/settings.ts';
import { apiLabel } from '../apis/findApi.ts';
import { sortedJson } from '../backup/items.ts';
import { ownerOf } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import { livingApplications } from '../references.ts';
import { displayName } from '../usernames.ts';
import { describedSets } from './deviceSets.ts';
import { differing } from './run.ts';
import { escaped } from './variables.ts';

/** A value whose texts mean themselves in a file. */
const literal = (value: unknown): unknown => {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, literal(member)]));
};

/** Writes secrets as names, each once; or as they are; or not at all. */
const createSecrets = (mode: DescribedSecrets) => {
  const names = new Set<string>();
  return {
    names,
    /** `${SHOP_PRODUCTION_SECRET}` for these words, or the secret. Undefined if it is left out. */
    written(words: readonly string[], reveal: () => string | undefined): unknown {
      if (mode === 'none') return undefined;
      if (mode !== 'env') return literal(reveal());
      const base = words
        .join('_')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_')
        .replace(/^(?=\d)|^_+/, 'K_');
      let name = base;
      for (let count = 2; names.has(name); count += 1) name = `${base}_${count}`;
      names.add(name);
      return `$\{${name}}`;
    },
  };
};

type Secrets = ReturnType<typeof createSecrets>;

/** The fields without those that have their default. */
const fields = (row: object, defaults: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  literal(differing({ ...row }, defaults)) as Record<string, unknown>;

/** The resources, with the verbs that share everything else on one line. */
const resourcesOf = (resources: readonly ApiResource[]) =>
  [...Map.groupBy(resources, ({ verb: _, ...rest }) => sortedJson(rest)).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { verb, template, authType, scopes, tier } = first;
    const rest = fields({ authType, scopes, tier }, { authType: 'Any', scopes: [], tier: 'Unlimited' });
    return [{ template: literal(template), verbs: [verb, ...others.map((one) => one.verb)], ...rest }];
  });

const keysOf = (ports: Ports, { name }: ApplicationRow, keySet: KeySetRow, secrets: Secrets) => {
  const { consumerKey, id, applicationId: __, keyType, state: ___, createdAtMs: ____, ...more } = keySet;
  const { server, servedHere, ...settable } = more;
  const consumerSecret = secrets.written([name, keyType, 'secret'], () => ports.store.keySets.revealSecret(id));
  return {
    consumerKey: literal(consumerKey),
    ...(consumerSecret !== undefined && { consumerSecret }),
    ...fields(settable),
    ...(server !== null && {
      server: fields(server, { revokeUrl: '', introspectUrl: '', caCertificate: '' }),
      servedHere,
    }),
  };
};

const applicationOf = (ports: Ports, row: ApplicationRow, secrets: Secrets) => {
  const { name, description, tier } = row;
  const keySets = ports.store.keySets.ofApplication(row.id);
  const keys = keySets.map((keySet) => [keySet.keyType, keysOf(ports, row, keySet, secrets)] as const).sort();
  const subscriptions = ports.store.subscriptions.ofApplication(row.id).map(({ apiId, tier: at, state }) => {
    const api = ports.store.apis.byId(apiId);
    const rest = fields({ tier: at, state }, { tier: 'Unlimited', state: 'UNBLOCKED' });
    return { api: api === undefined ? '' : apiLabel(api), ...rest };
  });
  const deviceSets = describedSets(ports, row);
  return {
    ...fields({ name, owner: displayName(ownerOf(ports, row)) }),
    ...fields({ description, tier }, { description: '', tier: 'Unlimited' }),
    ...(keys.length > 0 && { keys: Object.fromEntries(keys) }),
    ...(subscriptions.length > 0 && { subscriptions }),
    ...(deviceSets.length > 0 && { deviceSets: literal(deviceSets) }),
  };
};

/** Everything but tokens as the content of a keyfob.yaml. Where secrets become names, these are listed. */
export const exportDescription = (
  ports: Ports,
  mode: DescribedSecrets,
): { readonly value: unknown; readonly variables: readonly string[] } => {
  const { store } = ports;
  const secrets = createSecrets(mode);
  const settings = fields(store.settings.read(), settingsValues.parse({}));
  const tiers = store.tiers.list().map(({ id: _, builtIn: __, ...tier }) => fields(tier));
  const apis = store.apis.list().map(({ id: _, createdAtMs: __, resources, ...api }) => ({
    ...fields(api, {
      description: '',
      tier: 'Unlimited',
      open: false,
      isDefaultVersion: false,
      backendCa: null,
      cors: null,
      authorizationHeader: null,
    }),
    resources: resourcesOf(resources),
  }));
  const scopes = store.scopes
    .list()
    .map(({ name, description, roles, apiIds }) =>
      fields(
        { name, description, roles, apis: apiIds.flatMap((id) => store.apis.byId(id) ?? []).map(apiLabel) },
        { description: '', roles: [], apis: [] },
      ),
    );
  const users = store.users.list().map((row) => {
    const { otherClaims, ...known } = row.claims;
    const claims = fields(
      { ...known, otherClaims: JSON.stringify(otherClaims) },
      { givenName: '', familyName: '', email: '', phone: '', groups: [], otherClaims: '{}' },
    );
    const username = displayName(row);
    const password = row.hasPassword
      ? secrets.written(['user', username, 'password'], () => store.users.revealPassword(row.id))
      : undefined;
    return {
      username: literal(username),
      ...(password !== undefined && { password }),
      ...fields({ roles: row.roles, enabled: row.enabled }, { roles: [], enabled: true }),
      ...(Object.keys(claims).length > 0 && { claims }),
    };
  });
  const applications = livingApplications(ports).map((row) => applicationOf(ports, row, secrets));
  const lists = { tiers, apis, scopes, users, applications };
  const filled = Object.entries({ settings: Object.keys(settings).length > 0 ? [settings] : [], ...lists })
    .filter(([, all]) => all.length > 0)
    .map(([name, all]) => [name, name === 'settings' ? settings : all]);
  return { value: { keyfob: 1, ...Object.fromEntries(filled) }, variables: [...secrets.names] };
};
