import { type ClientRequest, type IncomingMessage, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Exchange } from '../../listener/exchange.ts';
import type { Upgrade } from '../../listener/reply.ts';
import type { BackendFailure } from '../faults/backend.ts';
import type { Agents } from './agents.ts';
import { failureOf } from './failure.ts';
import type { Target } from './target.ts';
import { forwardBody } from './upload.ts';

/** A request to a backend. */
export interface BackendCall {
  readonly target: Target;
  readonly backendCa: string | null;
  readonly headers: readonly string[];
  readonly hasBody: boolean;
  readonly timeoutMs: number;
}

/** The outcome of a call. */
export type BackendResult =
  | { readonly kind: 'response'; readonly response: IncomingMessage; readonly tunnel: Upgrade | undefined }
  | {
      readonly kind: 'failed';
      readonly failure: BackendFailure;
      readonly error: Error | undefined;
      /** Whether the whole request was sent. */
      readonly sent: 'body' | 'done';
    }
  /** The client closed its connection. */
  | { readonly kind: 'abandoned' };

/** May be sent a second time, if a kept connection turned out to be closed. https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

const closedCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

const open = (agents: Agents, method: string, { target, backendCa, headers }: BackendCall): ClientRequest => {
  const { isTls, hostname, port, path } = target;
  const agent = agents.of(isTls, backendCa);
  return (isTls ? sendHttps : sendHttp)({ agent, hostname, port, path, method, headers, setHost: false });
};

/**
 * Calls a backend and forwards the body of the client's request. Resolves once the response begins, the call failed or the
 * client left; never rejects. If the client leaves later, the call is cancelled.
 */
export const callBackend = (exchange: Exchange, agents: Agents, call: BackendCall): Promise<BackendResult> =>
  new Promise((resolve) => {
    const { request, response: reply, method, upgrade } = exchange;
    let backend: ClientRequest | undefined;
    let isConnected = false;
    let result: BackendResult | undefined;

    const settle = (now: BackendResult): void => {
      if (result !== undefined) return;
      result = now;
      clearTimeout(limit);
      resolve(now);
      if (now.kind !== 'response') backend?.destroy();
    };
    const fail = (failure: BackendFailure, error?: Error): void => {
      const sent = call.hasBody && backend?.writableEnded !== true ? 'body' : 'done';
      settle({ kind: 'failed', failure, error, sent });
    };
    const limit = setTimeout(() => {
      // The listener limits the client's own pauses.
      if (call.hasBody && !request.complete && request.readableLength === 0) limit.refresh();
      else fail('timeout');
    }, call.timeoutMs);

    const listen = (sending: ClientRequest): void => {
      sending.once('socket', (socket) => {
        if (sending.reusedSocket) isConnected = true;
        else {
          socket.once(call.target.isTls ? 'secureConnect' : 'connect', () => {
            isConnected = true;
          });
        }
      });
      sending.on('error', (error) => {
        const isClosed = 'code' in error && closedCodes.has(String(error.code));
        const isStale = isClosed && sending.reusedSocket && !call.hasBody && repeatable.has(method);
        if (isStale && result === undefined) begin();
        else fail(failureOf(error, isConnected), error);
      });
      sending.once('response', (response) => {
        if ((response.statusCode ?? 0) < 200) fail('protocol');
        else settle({ kind: 'response', response, tunnel: undefined });
      });
      sending.once('upgrade', (response, socket, head) => {
        socket.on('error', () => {});
        if (upgrade !== undefined) settle({ kind: 'response', response, tunnel: { socket: socket as Socket, head } });
        else {
          socket.destroy();
          fail('protocol');
        }
      });
    };
    const begin = (): void => {
      isConnected = false;
      try {
        backend = open(agents, method, call);
      } catch (error) {
        // Such as a PEM that OpenSSL cannot read.
        fail('connect', error as Error);
        return;
      }
      listen(backend);
      if (call.hasBody) forwardBody(exchange, backend, () => limit.refresh());
      else backend.end();
    };

    reply.once('close', () => {
      settle({ kind: 'abandoned' });
      const isComplete = result?.kind === 'response' && result.response.complete && backend?.writableFinished;
      if (!isComplete) backend?.destroy();
    });
    begin();
  });
