import { createServer as createHttpServer, type Server as HttpServer, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { BodyRequest } from './body.ts';
import { createBrokenRequestListeners } from './brokenRequests.ts';
import { LoggedResponse } from './loggedResponse.ts';
import { createRequestListeners, type RequestParts } from './requests.ts';
import { isWebSocket } from './upgrades.ts';

/** A server certificate with its chain, and its private key. */
export interface Certificate {
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly endsAtMs: number;
}

export interface Timeouts {
  /** For the headers of a request, and for all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often Node checks these two. */
  readonly checkMs: number;
  /** How long an idle connection is kept. */
  readonly keepAliveMs: number;
  /** How long a streamed body may wait for the client, which neither sends nor reads. */
  readonly idleMs: number;
  /** How long running requests may take to finish when the servers stop. */
  readonly drainMs: number;
}

export const defaultTimeouts: Timeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 5_000,
  keepAliveMs: 75_000,
  idleMs: 180_000,
  drainMs: 5_000,
};

export interface ServerParts extends Omit<RequestParts, 'idleMs'> {
  /** Milliseconds since 1970. */
  readonly realTimeMs: () => number;
  readonly timeouts: Timeouts;
  /** Gets errors that no input should cause. They may hold anything and are never sent. */
  readonly onError: (error: unknown) => void;
}

/** Gives the TLS options for a certificate. */
export const tlsOf = ({ keyPem, certificatePem }: Certificate) =>
  ({ key: keyPem, cert: certificatePem, minVersion: 'TLSv1.2' }) as const;

/** Creates servers that share everything but their address. */
export const createServerFactory = (parts: ServerParts) => {
  const { connections, timeouts } = parts;
  const { sendReady, onRequest, onCheckContinue, onExpectation, onUpgrade } = createRequestListeners({
    ...parts,
    idleMs: timeouts.idleMs,
  });
  const { onClientError, onConnect } = createBrokenRequestListeners(parts);
  const options: ServerOptions<typeof BodyRequest, typeof LoggedResponse> = {
    IncomingMessage: BodyRequest,
    ServerResponse: LoggedResponse,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: timeouts.checkMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    // Our rules refuse a missing Host with a reason, and see a repeated header as such.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
    shouldUpgradeCallback: (request) => isWebSocket(request, connections.of(request.socket)),
  };

  const wire = <S extends HttpServer | HttpsServer>(server: S): S => {
    server.on('connection', connections.accepted);
    server.on('request', onRequest);
    server.on('checkContinue', onCheckContinue);
    server.on('checkExpectation', onExpectation);
    server.on('upgrade', onUpgrade);
    server.on('clientError', sendReady);
    server.on('clientError', onClientError);
    server.on('connect', onConnect);
    // An error of accepting, such as too many open files, must not end the process.
    server.once('listening', () => server.on('error', parts.onError));
    return server;
  };

  return {
    http(): HttpServer {
      return wire(createHttpServer(options)).on('connection', connections.opened);
    },
    https(certificate: Certificate): HttpsServer {
      const server = createHttpsServer({ ...options, ...tlsOf(certificate), handshakeTimeout: timeouts.headersMs });
      return wire(server).on('secureConnection', connections.opened);
    },
  };
};
