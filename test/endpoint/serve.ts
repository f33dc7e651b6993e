import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createEndpoint, type EndpointOptions } from '../../main/endpoint/endpoint.ts';
import { errorReply } from '../../main/listener/reply.ts';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
import { certificateNames } from '../../main/platform/certificates/names.ts';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { openWorld } from '../helpers/engine.ts';
import { basic, formType, type HeaderLines, request, type Target } from '../listener/wire.ts';

/** The parts of the endpoint that a test may replace. */
export type Overrides = Partial<Pick<EndpointOptions, 'run' | 'timeouts' | 'settings'>>;

/** An endpoint over a real engine, for parts that the app does not expose: timeouts, and when a write ends. */
export async function serve(t: TestContext, overrides: Overrides = {}) {
  const world = await openWorld(t);
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-endpoint-'));
  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'endpoint', nowMs });
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca.certificatePem);
  const faults: unknown[] = [];
  const statuses: EndpointStatus[] = [];
  const endpoint = createEndpoint({
    oauth: world.engine.oauth,
    faults: world.engine.faults,
    portal: world.engine.portal,
    run: world.run,
    publishedKeys: world.signer.keys,
    elsewhere: () => errorReply(404, 'invalid_request', 'Nothing is served at this path.'),
    clock: { realTimeMs: Date.now },
    events: {
      emit: (name, data) => {
        if (name === 'endpoint.changed') statuses.push(data as EndpointStatus);
      },
    },
    settings: () => ({ port: 0, httpPort: 0, extraNames: [], issuerHost: 'localhost' }),
    certificate: async (names) => {
      const { certificatePem, privateKeyPem: keyPem, notAfterMs } = await createLeaf({ ca, extraNames: names, nowMs });
      return { certificatePem, keyPem, endsAtMs: notAfterMs };
    },
    ca: () => ({ pem: ca.certificatePem, fingerprintSha256: '', endsAtMs: ca.notAfterMs, caFile }),
    checkNames: certificateNames,
    caFile,
    storeFault: () => undefined,
    secretHeaders: () => [],
    asKnown: (error) => error,
    onError: (fault) => faults.push(fault),
    ...overrides,
  });
  const { port, httpPort } = await endpoint.start({});
  t.after(async () => {
    await endpoint.close();
    rmSync(folder, { recursive: true });
  });
  const http: Target = { port: httpPort ?? 0 };
  const https: Target = { port: port ?? 0, ca: ca.certificatePem };
  return {
    ...{ world, endpoint, faults, statuses, http, https, ca: ca.certificatePem },
    post: (path: string, body: string, headers: HeaderLines = {}) =>
      request(
        `POST ${path} HTTP/1.1`,
        { Authorization: basic(world.client.id, world.client.secret), 'Content-Type': formType, ...headers },
        body,
      ),
  };
}

/** The loopback addresses of this machine: some containers have no IPv6. */
export const loopback: readonly string[] = ['127.0.0.1', '::1'].filter((address) =>
  Object.values(networkInterfaces())
    .flat()
    .some((at) => at?.address === address),
);

/** A form that requests a user token of bob, with this scope. */
export const bobForm = (scope: string): string => `grant_type=password&username=bob&password=bob-secret&scope=${scope}`;
