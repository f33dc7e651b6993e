import type { Settings } from '../../preload/contract/settings/settings.ts';
import type { CorsDecision, GatewayFacts, GatewayFault } from '../engine/gateway/gateway.ts';
import type { Exchange } from '../listener/exchange.ts';
import { type Reply, textBody } from '../listener/reply.ts';
import { challenges } from './faults/authentication.ts';
import type { Fault } from './faults/fault.ts';
import { formatOf } from './faults/format.ts';
import { renderFault } from './faults/render.ts';
import { toldAccessAtMs } from './faults/throttling.ts';
import { corsHeaders } from './headers/cors.ts';
import { reasonHeaderName, reasonHeaders } from './headers/reason.ts';
import { repeatedHeaders } from './headers/repeated.ts';
import { logFacts } from './logFacts.ts';

/** A refusal of one request. */
export interface Refusal {
  readonly fault: Fault;
  readonly facts: GatewayFacts;
  readonly cors: CorsDecision | undefined;
  /** The engine's fault; undefined for one of a backend. */
  readonly decided?: GatewayFault | undefined;
  readonly backendMs?: number | undefined;
}

/** `Retry-After`, by profile or setting (gateway reference 4.5). https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
const retryAfter = (decided: GatewayFault, settings: Settings, nowMs: number): readonly string[] => {
  const { retryAfter: form, gatewayProfile } = settings;
  const atMs = toldAccessAtMs(decided, gatewayProfile);
  if (atMs === undefined || form === 'off') return [];
  if (form === 'seconds') return ['Retry-After', `${Math.max(1, Math.ceil((atMs - nowMs) / 1000))}`];
  return gatewayProfile === '2.6' ? [] : ['Retry-After', new Date(atMs).toUTCString()];
};

/** The header that the client should have sent its token in. */
const credentialsHeader = (decided: GatewayFault | undefined, { authorizationHeader }: Settings): string =>
  decided?.authorizationHeader ?? authorizationHeader;

const reasonHeaderNames = [reasonHeaderName];

/** Gives the reply of a refusal, as the profile writes it. `nowMs`: real time in milliseconds since 1970. */
export const refusalReply = (
  { method, request }: Exchange,
  { fault, facts, cors, decided, backendMs }: Refusal,
  settings: Settings,
  nowMs: number,
): Reply => {
  const { gatewayProfile: profile } = settings;
  const { headers } = request;
  const format = formatOf(fault, profile, { method, accept: headers.accept, contentType: headers['content-type'] });
  const reason = reasonHeaders(settings, request.socket.remoteAddress, facts.why);
  const all = ['Content-Type', `${format.mediaType}; charset=UTF-8`];
  if (fault.status === 401) all.push('WWW-Authenticate', challenges[profile]);
  if (decided?.allow !== undefined) all.push('Allow', decided.allow.join(', '));
  if (decided !== undefined) all.push(...retryAfter(decided, settings, nowMs));
  if (settings.echoRequestHeaders) {
    all.push(...repeatedHeaders(request.rawHeaders, fault.source, profile, credentialsHeader(decided, settings)));
  }
  all.push(...corsHeaders(cors, reason.length === 0 ? undefined : reasonHeaderNames), ...reason);
  return {
    status: fault.status,
    // Java's HTTP library knows no text for 429.
    reasonPhrase: fault.status === 429 ? '' : undefined,
    headers: all,
    body: textBody(renderFault(fault, profile, format)),
    error: `${fault.code}`,
    errorDescription: fault.description,
    ...logFacts(facts, backendMs),
  };
};
