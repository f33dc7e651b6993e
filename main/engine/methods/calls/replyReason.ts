import type { Ports } from '../../ports/ports.ts';
import type { CallReply } from '../../ports/runCall.ts';
import type { Call } from './callOf.ts';
import { tokenNow } from './tokenNow.ts';

/** The members of a JSON object; none for another text. */
export const membersOf = (body: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** The value of a header; its name is in lower case. */
export const headerOf = ({ headers }: CallReply, name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name)?.value;

/** The number of the newest logged request. */
export const newestRequest = ({ endpoint }: Ports): number => endpoint.requests.newest();

/** The reason in the request log: of the first request after `before` that looks like this call. */
const loggedReason = (ports: Ports, { model }: Call, { status }: CallReply, before: number, tokenId?: number) => {
  const path = model.url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
  const found = ports.endpoint.requests
    .rows(before)
    .findLast(
      (request) =>
        request.method === model.method &&
        request.path === path &&
        request.status === status &&
        (tokenId === undefined || request.tokenId === tokenId),
    );
  return found?.why();
};

/**
 * The reason of a reply as sentences for people: what an introspection means, what the gateway's header says, or what
 * the request log says. Undefined when nobody knows. `tokenId` is the token in the reply.
 */
export const replyReason = (
  ports: Ports,
  call: Call,
  reply: CallReply,
  { before, tokenId }: { readonly before: number; readonly tokenId: number | undefined },
): string | undefined => {
  const isIntrospection = call.model.call === 'introspect' && 'active' in membersOf(reply.body);
  if (isIntrospection && call.row !== undefined) return tokenNow(ports, call.row);
  return headerOf(reply, 'x-keyfob-reason') ?? loggedReason(ports, call, reply, before, tokenId);
};
