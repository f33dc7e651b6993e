import type { KeyType } from '../../../preload/contract/values.ts';
import type { BodyStart } from './bodyStart.ts';
import type { Captured, CapturedBody } from './detailRing.ts';

/** What the gateway knows of a request, for its row. */
export interface RequestFacts {
  readonly application?: string | undefined;
  readonly keyType?: KeyType | undefined;
  readonly user?: string | undefined;
  readonly device?: string | undefined;
  /** Like `echo/1.0`. */
  readonly api?: string | undefined;
  /** The matched URI template. */
  readonly resource?: string | undefined;
  /** Whether the validation cache answered. */
  readonly cached?: boolean | undefined;
  /** The backend's part of the duration. */
  readonly backendMs?: number | undefined;
}

/** The part of a log row that the request gives. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** `mcp`: the tool call of a model. */
  readonly source?: 'mcp' | undefined;
  /** By the monotonic clock. */
  readonly startedAtMs?: number | undefined;
  readonly clientId?: string | undefined;
  readonly grantType?: string | undefined;
  /** Names of secret parameters in the URL. */
  readonly secretsInUrl?: readonly string[] | undefined;
  /** The site of the page that sent it, if it is another one. */
  readonly foreignSite?: string | undefined;
  /** Absent for a request that Node could not parse: it has no details. */
  readonly request?: {
    readonly url?: string | undefined;
    readonly rawHeaders: readonly string[];
    readonly complete: boolean;
    readonly socket: { readonly remotePort?: number | undefined };
    readonly start: BodyStart | undefined;
  };
  readonly response?: { readonly start: BodyStart | undefined };
  /** The form, if the route reads one. */
  readonly body?: Buffer | undefined;
  /** Names and values in turn, as they were sent. */
  readonly replyHeaders?: readonly string[];
}

/** The part that the reply gives. */
export interface SeenReply {
  readonly status: number;
  readonly body: unknown;
  readonly tokenId?: number | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  readonly why?: (() => string) | undefined;
  readonly facts?: RequestFacts | undefined;
  /** The fault on purpose that shaped it. */
  readonly fault?: string | undefined;
}

/** Whether a connection is encrypted. */
export const isSecure = (socket: object): boolean => 'encrypted' in socket && socket.encrypted === true;

const bodyOf = (body: unknown, start: BodyStart | undefined, complete = true): CapturedBody => {
  if (start !== undefined) return { bytes: start.bytes(), total: complete ? start.total : undefined };
  if (typeof body === 'string' || Buffer.isBuffer(body)) return { bytes: body, total: body.length };
  return { bytes: '', total: undefined };
};

const noHeaders: readonly string[] = [];

/** Gives what the details of a request hold; `undefined` for a request that Node could not parse. */
export const capturedOf = (
  { request, response, body, replyHeaders = noHeaders }: SeenRequest,
  reply: SeenReply,
): Captured | undefined =>
  request && {
    target: request.url ?? '',
    secure: isSecure(request.socket),
    sentHeaders: request.rawHeaders,
    answeredHeaders: replyHeaders,
    sent: bodyOf(body, request.start, request.complete),
    answered: bodyOf(reply.body, response?.start),
  };
