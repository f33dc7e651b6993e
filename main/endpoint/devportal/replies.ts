import { PortalError } from '../../engine/devportal/portalError.ts';
import { asciiJson, json, type Reply, type TextReply } from '../../listener/reply.ts';
import { type ErrorParts, replyToError } from '../errors.ts';

const noStore = [...json, 'Cache-Control', 'no-store'];

/** An error with the members of API Manager's REST APIs. */
export const portalErrorReply = (
  { status, code, title, message, why }: PortalError,
  headers: readonly string[] = noStore,
): TextReply => ({
  status,
  headers,
  body: asciiJson({ code, message: title, description: message, moreInfo: '', error: [] }),
  error: title || 'Unauthorized',
  errorDescription: message,
  ...(why !== undefined && { why: () => why }),
});

/** The reply to whatever an operation threw: a refusal, 503 while store or vault cannot work, else 500. */
export const portalReplyTo = (thrown: unknown, parts: ErrorParts): Reply => {
  if (thrown instanceof PortalError) return portalErrorReply(thrown);
  const { status, errorDescription = '' } = replyToError(thrown, parts);
  return portalErrorReply(
    new PortalError(status, status === 503 ? 'Service Unavailable' : 'Internal Server Error', errorDescription),
  );
};

/** A JSON reply, or an empty one. */
export const portalReply = (status: number, body: object | undefined, location: string | undefined): Reply => ({
  status,
  headers: [
    ...(body === undefined ? ['Cache-Control', 'no-store'] : noStore),
    ...(location === undefined ? [] : ['Location', location]),
  ],
  body: body === undefined ? '' : asciiJson(body),
});
