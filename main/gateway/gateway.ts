import type { Settings } from '../../preload/contract/settings/settings.ts';
import type { FaultSource } from '../engine/faults/faultSource.ts';
import type { GatewayDecision, GatewayFault, GatewayRequest, GatewayService } from '../engine/gateway/gateway.ts';
import { acceptBody, type Exchange } from '../listener/exchange.ts';
import type { Reply } from '../listener/reply.ts';
import type { Route } from '../listener/route.ts';
import { type AssertionParts, createAssertions } from './assertion/assertions.ts';
import { echo } from './echo/echo.ts';
import { loopFault } from './faults/backend.ts';
import type { Fault } from './faults/fault.ts';
import { replyOnPurpose } from './faults/onPurpose.ts';
import { wordFault } from './faults/wording.ts';
import { createAgents } from './forward/agents.ts';
import { type ForwardParts, forward } from './forward/forward.ts';
import { createHops } from './forward/hops.ts';
import { createSuspensions } from './forward/suspension.ts';
import { corsHeaders } from './headers/cors.ts';
import type { Admitted } from './headers/credentials.ts';
import { logFacts } from './logFacts.ts';
import { type Refusal, refusalReply } from './refusal.ts';

export interface GatewayOptions extends AssertionParts {
  /** Read with each request, not before. */
  readonly gateway: Pick<GatewayService, 'decide'>;
  /** The faults on purpose. */
  readonly faults: FaultSource;
  readonly settings: () => Settings;
  /** Milliseconds since 1970. */
  readonly realTimeMs: () => number;
}

/** The local stand-in for WSO2's gateway. */
export interface Gateway {
  /** The route at all paths that the endpoint does not serve. */
  readonly route: Route;
  /** Forgets the JWTs of callers. Call it when the vault is locked. */
  forget(): void;
  /** Closes the kept connections to backends. */
  close(): void;
}

const requestOf = ({ method, path, query, request }: Exchange): GatewayRequest => ({
  verb: method,
  path,
  query,
  header(name) {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  },
  clientAddress: request.socket.remoteAddress ?? '',
  contentLength: Number(request.headers['content-length'] ?? 0),
});

const schemeOf = ({ request }: Exchange): string => ('encrypted' in request.socket ? 'https' : 'http');

/** What 3.2 and later answer at `/` (gateway reference 5.1, row 1c). */
const welcome: Reply = {
  status: 200,
  headers: ['Content-Type', 'text/html; charset=UTF-8'],
  body: '<html><head><title>WSO2 API Manager</title></head><body><h1>Welcome to APIM</h1></body></html>',
};

const loopWhy = () =>
  'The backend of the API leads back to this gateway. Change its backend to the URL of the service, or to echo.';

/** Creates the gateway. It opens no connection before the first request. */
export const createGateway = (options: GatewayOptions): Gateway => {
  const { settings, realTimeMs } = options;
  const parts: ForwardParts = {
    agents: createAgents(),
    suspensions: createSuspensions(realTimeMs),
    hops: createHops(),
    realTimeMs,
  };

  const assertions = createAssertions(options);

  /** Sends an admitted request to its backend. */
  const deliver = (exchange: Exchange, admitted: Admitted, current: Settings): Promise<Reply> => {
    const jwt = assertions.of(admitted, current);
    if (admitted.backend !== 'echo') return forward(exchange, admitted, current, parts, jwt);
    acceptBody(exchange);
    return echo(exchange, admitted, current, jwt);
  };

  const refuse = (exchange: Exchange, fault: Fault, rest: Omit<Refusal, 'fault'>, current: Settings): Reply =>
    refusalReply(exchange, { ...rest, fault }, current, realTimeMs());

  const reply = (exchange: Exchange, decision: GatewayDecision, current: Settings): Reply | Promise<Reply> => {
    const { facts, cors } = decision;
    const refused = (fault: GatewayFault): Reply => {
      const words = wordFault(fault, current.gatewayProfile, schemeOf(exchange));
      return refuse(exchange, words, { facts, cors, decided: fault }, current);
    };
    if (decision.kind === 'refused') {
      const { fault } = decision;
      if (fault.noApi && exchange.path === '/' && current.gatewayProfile !== '2.6') {
        return { ...welcome, ...logFacts(facts) };
      }
      return refused(fault);
    }
    if (decision.kind === 'preflight') {
      return { status: 200, headers: corsHeaders(cors), body: '', ...logFacts(facts) };
    }
    const answer = () => deliver(exchange, decision, current);
    return replyOnPurpose(options.faults, exchange, decision, { answer, refuse: refused, realTimeMs }) ?? answer();
  };

  const route: Route = {
    methods: 'any',
    cors: false,
    body: 'stream',
    query: 'read',
    basicChallenge: false,
    answer(exchange) {
      const current = settings();
      if (parts.hops.isLoop(exchange.request)) {
        return refuse(exchange, loopFault, { facts: { why: loopWhy }, cors: undefined }, current);
      }
      return reply(exchange, options.gateway.decide(requestOf(exchange)), current);
    },
  };

  return {
    route,
    forget: assertions.forget,
    close: parts.agents.close,
  };
};
