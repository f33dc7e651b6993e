import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { duration } from '../../../preload/contract/durations.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type {
  CallbackAnswer,
  CallbackVerdict,
  JudgeCallback,
  OpenCallbackReceiver,
} from '../../engine/ports/callbackReceiver.ts';
import { createHostRule } from '../../listener/hosts.ts';
import { errorReply, type TextReply } from '../../listener/reply.ts';
import { closeListeners, openListeners } from '../../listener/sockets/listeners.ts';
import { callbackPage } from './callbackPages.ts';

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::(\d+))?(?=[/?]|$)/i;

const addressesOf: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
  // Browsers try both.
  localhost: ['127.0.0.1', '::1'],
};

/** A browser sends one small request; other clients may send none. */
const limits = { headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16 * 1024 };

const notFound = errorReply(404, 'invalid_request', 'Only the callback of a sign-in is served here.');
const notGet = errorReply(405, 'invalid_request', 'The callback of a sign-in takes GET.', [
  ...['Content-Type', 'application/json', 'Allow', 'GET'],
]);

const send = (response: ServerResponse, { status, headers, body }: TextReply): void => {
  response.writeHead(status, [...headers, 'Content-Length', `${body.length}`, 'Connection', 'close']).end(body);
};

/** The verdict about a query. A repeated parameter has no clear value: https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
const judgeQuery = (query: string, judge: JudgeCallback): CallbackVerdict => {
  const pairs = [...new URLSearchParams(query)];
  const parameters = new Map(pairs);
  return parameters.size === pairs.length ? judge(parameters) : { kind: 'wrong', why: 'A parameter is repeated.' };
};

/**
 * Receives the answer of one sign-in in a browser. Requests for other paths or hosts, and answers of other sign-ins, are
 * refused and change nothing.
 */
export const openCallbackReceiver: OpenCallbackReceiver = async ({ url, anyPort }) => {
  const [origin = '', host = '', givenPort = '80'] = loopback.exec(url) ?? [];
  const addresses = addressesOf[host.toLowerCase()];
  if (addresses === undefined) throw new Error('A receiver needs a callback on this machine.');
  const path = new URL(url).pathname;
  const hosts = createHostRule([]);
  let onRequest = (response: ServerResponse, _query: string): void => send(response, notFound);

  const answer = ({ method, httpVersion, headers, url: target = '' }: IncomingMessage, response: ServerResponse) => {
    const named = hosts.check(headers.host, httpVersion);
    if (typeof named !== 'string') return send(response, named);
    const [, asked = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(target) ?? [];
    if (asked !== path) return send(response, notFound);
    if (method !== 'GET') return send(response, notGet);
    onRequest(response, query);
  };
  const servers: Server[] = [];
  const listeners = await openListeners(addresses, anyPort ? 0 : Number(givenPort), () => {
    const server = createServer(limits, answer);
    servers.push(server);
    return server;
  });

  if (servers.every(({ listening }) => !listening)) {
    throw new KeyfobError('call_failed', `This machine has no ${host}. Use 127.0.0.1 in the callback.`);
  }
  return {
    redirectUri: anyPort ? `http://${host}:${listeners.port}${url.slice(origin.length)}` : url,
    receive: (judge, { limitMs, watch }) =>
      new Promise<CallbackAnswer>((resolve, reject) => {
        const stop = (error: KeyfobError) => {
          unwatch();
          clearTimeout(timer);
          reject(error);
        };
        const unwatch = watch.whenCancelled(() => stop(new KeyfobError('cancelled', 'Cancelled.')));
        const timer = setTimeout(() => {
          const text = `Nobody signed in within ${duration(limitMs / 1000)}. Start again, then sign in in the browser.`;
          stop(new KeyfobError('call_failed', text));
        }, limitMs).unref();
        onRequest = (response, query) => {
          const verdict = judgeQuery(query, judge);
          if (verdict.kind !== 'wrong') {
            unwatch();
            clearTimeout(timer);
            onRequest = (late) => send(late, notFound);
            response.on('close', () => resolve(verdict));
          }
          send(response, callbackPage(verdict));
        };
      }),
    async close() {
      const closed = closeListeners(listeners);
      for (const server of servers) server.closeAllConnections();
      await closed;
    },
  };
};
