import type { Decided } from '../../engine/decisions/decided.ts';
import type { FaultSource } from '../../engine/faults/faultSource.ts';
import type { OAuthRequest, OAuthService } from '../../engine/oauth/oauth.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { badRequest, errorReply, json, type Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { type FormRoute, faultReply } from '../faultReplies.ts';
import { type BasicCredentials, basicOf, lineBreakError, otherScheme } from './basic.ts';
import { charsetOf, otherType } from './mediaType.ts';
import { joinParameters, parseForm, parseQuery } from './parameters.ts';

/** The engine behind the routes. */
export interface Service {
  readonly oauth: OAuthService;
  /** The faults on purpose. */
  readonly faults: FaultSource;
  /** Runs a decision: answers at once, or after its write is on disk. Throws or rejects with what the decision threw. */
  readonly run: <T>(decide: () => Decided<T>) => T | Promise<T>;
}

/** Answers one OAuth request. `undecoded`: the Basic credentials before form-decoding, if that changed them. */
type Answer = (
  service: Service,
  request: OAuthRequest,
  undecoded: BasicCredentials['undecoded'],
) => Reply | Promise<Reply>;

const otherMethod = errorReply(400, 'invalid_request', 'Method not set to POST.', [...json, 'Allow', 'POST, OPTIONS']);
/** WSO2's words for a parameter of its `restricted_query_parameters`. */
const inUrl = badRequest('Invalid request with sensitive data in the URL.');
const encoded = errorReply(415, 'invalid_request', 'The body must not be compressed; leave out Content-Encoding.', [
  ...json,
  'Accept-Encoding',
  'identity',
]);

const parametersOf = ({ query, request }: Exchange, body: Buffer): Map<string, string> | Reply => {
  const type = request.headers['content-type'];
  if (!type && body.length > 0) return otherType;
  const charset = type ? charsetOf(type) : 'utf-8';
  if (typeof charset === 'object') return charset;
  const form = parseForm(body, charset);
  if (query === '' || !(form instanceof Map)) return form;
  const inUrl = parseQuery(query);
  return inUrl instanceof Map ? joinParameters(inUrl, form) : inUrl;
};

/**
 * A route of `POST` requests whose parameters come in a form, and with `query: 'read'` in the URL too, as API Manager
 * 2.6 reads them. The client authenticates by Basic or by parameters.
 * https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export const formRoute = (service: Service, name: FormRoute, query: Route['query'], answer: Answer): Route => ({
  methods: ['POST'],
  otherMethod,
  body: 'form',
  query,
  cors: true,
  basicChallenge: true,
  refuse(exchange) {
    const { headers } = exchange.request;
    if (exchange.query !== '' && service.oauth.refusesUrlParameters()) return inUrl;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return encoded;
    const type = headers['content-type'];
    if (!type && query === 'read') return undefined;
    const charset = charsetOf(type);
    return typeof charset === 'object' ? charset : undefined;
  },
  answer(exchange, body) {
    const parameters = parametersOf(exchange, body);
    if (!(parameters instanceof Map)) return parameters;
    exchange.grantType = parameters.get('grant_type');
    const id = parameters.get('client_id');
    const secret = parameters.get('client_secret');
    const header = basicOf(exchange);
    const basic = header === otherScheme && id && secret ? undefined : header;
    if (basic !== undefined && 'status' in basic) return basic;
    const inBody = id === undefined ? undefined : { id, secret };
    exchange.clientId = basic?.id ?? id;
    const error = id === undefined ? undefined : lineBreakError(id, secret);
    if (error !== undefined) return error;
    const request = { parameters, credentials: { basic, body: inBody } };
    const fault = service.faults.take({ route: name, clientId: exchange.clientId });
    const trueReply = () => answer(service, request, basic?.undecoded);
    return fault === undefined ? trueReply() : faultReply(exchange, name, fault, trueReply);
  },
});
