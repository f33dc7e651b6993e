import type { GatewayDecision } from '../../main/engine/gateway/gateway.ts';
import type { ApiRow } from '../../main/engine/ports/store/apis.ts';
import type { SubscriptionRow } from '../../main/engine/ports/store/subscriptions.ts';
import type { TierRow } from '../../main/engine/ports/store/tiers.ts';
import type { ApiResource } from '../../preload/contract/apis.ts';
import type { Settings } from '../../preload/contract/settings/settings.ts';
import { createShop, startMs } from './engine.ts';

/** A resource with the defaults of a new one. */
export const resource = (template: string, more: Partial<ApiResource> = {}): ApiResource => ({
  ...{ verb: 'GET', template, authType: 'Any', scopes: [], tier: 'Unlimited' },
  ...more,
});

/** An API row with the defaults of a new one: `orders/1.0.0` at `/orders`, with every GET path. */
export const apiRow = (more: Partial<ApiRow> = {}): ApiRow => ({
  ...{ id: 1, name: 'orders', version: '1.0.0', context: '/orders', isDefaultVersion: false, state: 'PUBLISHED' },
  ...{ description: '', tier: 'Unlimited', productionBackend: 'echo', sandboxBackend: 'echo', backendCa: null },
  ...{ open: false, authorizationHeader: null, cors: null, resources: [resource('/*')], createdAtMs: startMs },
  ...more,
});

export interface SentRequest {
  readonly verb?: string;
  /** Path and query. */
  readonly target?: string;
  readonly token?: string;
  /** By name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly bytes?: number;
}

/** What the tests compare of a decision: `admitted`, `preflight` or the fault's code. */
export const outcomeOf = (decision: GatewayDecision): string =>
  decision.kind === 'refused' ? `${decision.fault.code}` : decision.kind;

/** Why the gateway decided so. */
export const whyOf = ({ facts }: GatewayDecision): string | undefined => facts.why?.();

/** The world of the truth table, with the gateway in front of it. */
export async function createGatewayShop(settings: Partial<Settings> = {}) {
  const shop = await createShop(settings);
  const { store, transact, engine } = shop;
  const shopId = store.applications.byName('Shop')?.id ?? 0;
  const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
  return {
    ...shop,
    ...{ bob, shopId },
    insertApi: (more: Partial<ApiRow> = {}): Promise<ApiRow> => transact(() => store.apis.insert(apiRow(more))),
    updateApi: (row: ApiRow, more: Partial<ApiRow>): Promise<void> =>
      transact(() => store.apis.update({ ...row, ...more })),
    subscribe: (api: ApiRow, more: Partial<SubscriptionRow> = {}): Promise<SubscriptionRow> =>
      transact(() =>
        store.subscriptions.insert({
          ...{ applicationId: shopId, apiId: api.id, tier: 'Unlimited', state: 'UNBLOCKED', createdAtMs: startMs },
          ...more,
        }),
      ),
    updateSubscription: (row: SubscriptionRow, more: Partial<SubscriptionRow>): Promise<void> =>
      transact(() => store.subscriptions.update({ ...row, ...more })),
    insertTier: (more: Pick<TierRow, 'level' | 'name' | 'limit'> & Partial<TierRow>): Promise<TierRow> =>
      transact(() =>
        store.tiers.insert({
          ...{ description: '', counts: 'requests', windowLength: 1, windowUnit: 'minute', burstLimit: null },
          ...{ burstSeconds: 1, stopOnQuota: true, perUser: false, builtIn: false },
          ...more,
        }),
      ),
    /** Sends a request; by default GET /orders/1.0.0/a. */
    send: (request: SentRequest = {}): GatewayDecision => {
      const { verb = 'GET', target = '/orders/1.0.0/a', token, headers = {}, from = '127.0.0.1', bytes = 0 } = request;
      const [path = '', query = ''] = target.split('?');
      const all = token === undefined ? headers : { authorization: `Bearer ${token}`, ...headers };
      const header = (name: string) => all[name];
      return engine.gateway.decide({ verb, path, query, header, clientAddress: from, contentLength: bytes });
    },
  };
}
