import type { TestContext } from 'node:test';
import { createHttpServers } from '../../main/listener/httpServers.ts';
import { errorReply, type Reply } from '../../main/listener/reply.ts';
import type { Route, Site } from '../../main/listener/route.ts';
import type { Timeouts } from '../../main/listener/serverFactory.ts';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
import type { Target } from './wire.ts';

const nothing = errorReply(404, 'invalid_request', 'Nothing is served at this path.');

/** Serves test routes: `routes` by their path, `elsewhere` at all others. */
export async function serveSite(
  t: TestContext,
  routes: Readonly<Record<string, Route>>,
  { elsewhere = nothing, timeouts }: { elsewhere?: Route | Reply; timeouts?: Partial<Timeouts> } = {},
) {
  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'listener', nowMs });
  const errors: unknown[] = [];
  const site: Site = {
    routeAt: (path) => routes[path] ?? elsewhere,
    allowedOrigins: () => new Set(['https://app.example']),
    exposedHeaders: ['WWW-Authenticate', 'X-Shop'],
    errorReply(thrown) {
      errors.push(thrown);
      return errorReply(500, 'server_error', 'Internal Server Error.');
    },
  };
  const servers = createHttpServers({
    site,
    timeouts,
    urlsOf: () => ({}),
    realTimeMs: Date.now,
    settings: () => ({ port: 0, httpPort: 0, extraNames: [] }),
    async certificate(names) {
      const { certificatePem, privateKeyPem: keyPem, notAfterMs } = await createLeaf({ ca, extraNames: names, nowMs });
      return { certificatePem, keyPem, endsAtMs: notAfterMs };
    },
    checkNames: () => {},
    caFile: '',
    storeFault: () => undefined,
    secretHeaders: () => [],
    onRequest: () => {},
    onChanged: () => {},
    onError: (error) => errors.push(error),
  });
  const { port = 0, httpPort = 0 } = await servers.start({});
  t.after(() => servers.close());
  const http: Target = { port: httpPort };
  const https: Target = { port, ca: ca.certificatePem };
  return { servers, http, https, errors };
}
