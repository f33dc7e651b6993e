import type { TestContext } from 'node:test';
import type { TakenFault } from '../../main/engine/faults/faultSource.ts';
import type {
  CorsDecision,
  GatewayCaller,
  GatewayDecision,
  GatewayRequest,
} from '../../main/engine/gateway/gateway.ts';
import type { ApiRow } from '../../main/engine/ports/store/apis.ts';
import { createGateway } from '../../main/gateway/gateway.ts';
import type { Timeouts } from '../../main/listener/serverFactory.ts';
import { type Settings, settingsValues } from '../../preload/contract/settings/settings.ts';
import { serveSite } from '../listener/serveSite.ts';

export const api: ApiRow = {
  ...{ id: 1, name: 'shop', version: '1.0.0', context: '/shop', isDefaultVersion: false, state: 'PUBLISHED' },
  ...{ description: '', tier: 'Unlimited', productionBackend: 'echo', sandboxBackend: 'echo', backendCa: null },
  ...{ open: true, authorizationHeader: null, cors: null, resources: [], createdAtMs: 0 },
};

export const bob: GatewayCaller = {
  ...{ application: 'Shop', applicationId: 1, applicationTier: 'Unlimited', applicationOwner: 'admin@carbon.super' },
  ...{ consumerKey: 'key', keyType: 'PRODUCTION', user: 'bob@carbon.super', userType: 'APPLICATION_USER' },
  ...{ device: 'ipad', scopes: ['device_ipad', 'read'], tokenId: 7, expiresAtMs: 10_000, secondsLeft: 3599 },
  subscriptionTier: 'Unlimited',
};

export const cors: CorsDecision = {
  allowOrigin: 'http://localhost:3000',
  methods: ['GET', 'POST'],
  headers: ['authorization', 'Content-Type'],
  exposedHeaders: ['X-Total'],
};

export type Admitted = Extract<GatewayDecision, { kind: 'admitted' }>;

/** Admits every request to `backend`, with the path behind `/shop/1.0.0`. */
export const admitting =
  (backend: string, more: Partial<Admitted> = {}) =>
  ({ path }: GatewayRequest): GatewayDecision => ({
    kind: 'admitted',
    api,
    basePath: '/shop/1.0.0',
    template: '/*',
    resourcePath: path.replace(/^\/shop\/1\.0\.0/, '') || '/',
    backend,
    caller: bob,
    credentials: { header: 'authorization', rest: undefined },
    facts: { api: 'shop/1.0.0', tokenId: 7 },
    cors: undefined,
    ...more,
  });

/** The gateway on real sockets. A test chooses the engine's decision, and the settings, of the next requests. */
export async function serveGateway(t: TestContext, { timeouts }: { timeouts?: Partial<Timeouts> } = {}) {
  const next = {
    decide: admitting('echo') as (request: GatewayRequest) => GatewayDecision,
    settings: {} as Partial<Settings>,
    fault: undefined as TakenFault | undefined,
    nowMs: Date.UTC(2019, 8, 18, 5, 33, 30),
  };
  const gateway = createGateway({
    gateway: { decide: (request) => next.decide(request) },
    faults: { take: () => next.fault },
    settings: () => settingsValues.parse(next.settings),
    realTimeMs: () => next.nowMs,
    tokenTimeMs: () => next.nowMs,
    signingKey: () => {
      throw new Error('no test here signs');
    },
  });
  const served = await serveSite(t, {}, { elsewhere: gateway.route, ...(timeouts && { timeouts }) });
  t.after(gateway.close);
  return { ...served, next };
}
