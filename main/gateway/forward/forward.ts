import { randomUUID } from 'node:crypto';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { discardBody } from '../../listener/body.ts';
import type { Exchange } from '../../listener/exchange.ts';
import type { Reply } from '../../listener/reply.ts';
import { abandonedReply } from '../abandoned.ts';
import { backendFault, suspendedFault } from '../faults/backend.ts';
import { corsHeaders } from '../headers/cors.ts';
import { type Admitted, credentialsRule } from '../headers/credentials.ts';
import { logFacts } from '../logFacts.ts';
import { refusalReply } from '../refusal.ts';
import type { Agents } from './agents.ts';
import { type BackendCall, type BackendResult, callBackend } from './call.ts';
import { failureText } from './failure.ts';
import type { Hops } from './hops.ts';
import { requestHeaders } from './requestHeaders.ts';
import { responseHeaders } from './responseHeaders.ts';
import type { Suspensions } from './suspension.ts';
import { targetOf } from './target.ts';
import { announcesBody } from './upload.ts';

export interface ForwardParts {
  readonly agents: Agents;
  readonly suspensions: Suspensions;
  readonly hops: Hops;
  /** Milliseconds since 1970. */
  readonly realTimeMs: () => number;
}

/** WSO2's name of a backend, like `shop--v1.0.0_APIproductionEndpoint`. */
const endpointName = ({ api, caller }: Admitted): string =>
  `${api.name}--v${api.version}_API${caller?.keyType === 'SANDBOX' ? 'sandbox' : 'production'}Endpoint`;

/** As WSO2, drops the body of GET and HEAD. */
const forwardsBody = (exchange: Exchange): boolean =>
  exchange.method !== 'GET' && exchange.method !== 'HEAD' && announcesBody(exchange);

const callOf = (
  exchange: Exchange,
  admitted: Admitted,
  settings: Settings,
  hops: Hops,
  activityId: string | undefined,
  assertion: string | undefined,
): BackendCall => {
  const { headers, rawHeaders } = exchange.request;
  const target = targetOf(admitted.backend, admitted.resourcePath, exchange.query);
  const hasBody = forwardsBody(exchange);
  return {
    target,
    backendCa: admitted.api.backendCa,
    hasBody,
    timeoutMs: settings.backendTimeoutSeconds * 1000,
    headers: requestHeaders({
      ...{ rawHeaders, connection: headers.connection, host: target.host, method: exchange.method, hasBody },
      credentials: credentialsRule(admitted, settings),
      trailer: headers.trailer,
      isWebSocket: exchange.upgrade !== undefined,
      awaitsContinue: exchange.awaitsContinue,
      ...{ activityId, assertion, hops: hops.behind(exchange.request) },
    }),
  };
};

/**
 * Forwards an admitted request to its backend and gives the reply with the response's body, which streams. A failed backend
 * becomes WSO2's fault. Never rejects.
 */
export const forward = async (
  exchange: Exchange,
  admitted: Admitted,
  settings: Settings,
  { agents, suspensions, hops, realTimeMs }: ForwardParts,
  assertion: string | undefined,
): Promise<Reply> => {
  const { facts, cors, api, backend } = admitted;
  const suspensionKey = `${api.id} ${backend}`;
  let backendMs: number | undefined;
  const refuse = (fault: ReturnType<typeof backendFault>, why: () => string): Reply =>
    refusalReply(exchange, { fault, facts: { ...facts, why }, cors, backendMs }, settings, realTimeMs());

  const suspendedMs = suspensions.leftMs(suspensionKey);
  if (suspendedMs > 0) {
    return refuse(
      suspendedFault(endpointName(admitted), exchange.method),
      () => `The backend ${backend} failed before and is suspended for another ${Math.ceil(suspendedMs / 1000)} s.`,
    );
  }
  const activityId = settings.gatewayProfile === '2.6' ? undefined : randomUUID();
  const call = callOf(exchange, admitted, settings, hops, activityId, assertion);
  if (!call.hasBody) discardBody(exchange.request);
  const startedAtMs = performance.now();
  const result = await callBackend(exchange, agents, call);
  backendMs = performance.now() - startedAtMs;
  switch (result.kind) {
    case 'abandoned':
      return abandonedReply(facts, backendMs);
    case 'failed': {
      const { failure, error, sent } = result;
      suspensions.failed(suspensionKey, settings.backendSuspensionSeconds);
      return refuse(backendFault(failure, sent), () =>
        failureText(failure, backend, error, settings.backendTimeoutSeconds),
      );
    }
    case 'response':
      suspensions.answered(suspensionKey);
      return responseReply(exchange, admitted, result, activityId, backendMs);
  }
};

/** Gives the reply that a backend's response becomes. */
const responseReply = (
  { method, request }: Exchange,
  { facts, cors }: Admitted,
  { response, tunnel }: Extract<BackendResult, { kind: 'response' }>,
  activityId: string | undefined,
  backendMs: number,
): Reply => {
  const headers = responseHeaders(response, method, request.httpVersion);
  if (activityId !== undefined && response.headers.activityid === undefined) {
    headers.push('activityid', String(request.headers.activityid ?? activityId));
  }
  headers.push(...corsHeaders(cors));
  if (tunnel !== undefined) headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  return {
    status: response.statusCode ?? 0,
    reasonPhrase: (response.statusMessage ?? '').replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'),
    headers,
    body: response,
    trailers: () => response.rawTrailers,
    tunnel,
    ...logFacts(facts, backendMs),
  };
};
