import type { Reason, RefusalCause, Rule } from '../../../preload/contract/audit.ts';
import type { Client } from '../clients/clientRules.ts';
import { type Decided, OAuthError, type OAuthErrorCode } from '../oauth/oauth.ts';
import type { Ports } from '../ports/ports.ts';

/** One request while it is decided. What becomes known of it is kept for the reason of a refusal. */
export interface RequestContext {
  /** Token time; the whole request is decided at this one instant. */
  readonly atMs: number;
  client?: Client;
  /** The row the request is about, as it was before. */
  candidate?: NonNullable<Reason['candidate']>;
}

const ruleOf = (error: OAuthErrorCode): Rule => {
  switch (error) {
    case 'invalid_request':
    case 'unsupported_grant_type':
      return 'refused_request';
    case 'invalid_client':
      return 'refused_client';
    case 'invalid_grant':
    case 'unauthorized_client':
      return 'refused_grant';
    case 'invalid_scope':
      return 'refused_scope';
  }
};

const keptLength = 200;

/**
 * The ring keeps thousands of refusals, and a description may quote what the client sent. The start of a long one is
 * copied letter by letter: a slice would keep the whole in memory.
 */
const startOf = (description: string): string =>
  description.length <= keptLength ? description : [...description.slice(0, keptLength)].join('');

/**
 * An error in the words of reference 4.5, with its reason; `cause` is what the wire does not say, `useInstead` the user
 * name that was probably meant.
 */
export const refusal = (
  context: RequestContext,
  status: 400 | 401,
  error: OAuthErrorCode,
  description: string,
  cause?: RefusalCause,
  useInstead?: string,
): OAuthError =>
  new OAuthError(status, error, description, {
    rule: ruleOf(error),
    atMs: context.atMs,
    ...(context.candidate && { candidate: context.candidate }),
    error,
    errorDescription: startOf(description),
    ...(cause && { cause }),
    ...(useInstead && { useInstead }),
  });

const recordingRefusal = <T>(ports: Ports, context: RequestContext, decide: (context: RequestContext) => T): T => {
  try {
    return decide(context);
  } catch (error) {
    if (error instanceof OAuthError && error.reason !== undefined)
      note(ports, context, error.reason, context.candidate?.tokenId);
    throw error;
  }
};

/**
 * Decides; a refusal goes into the ring of decisions and is thrown on. A refusal is final whether it comes outside the
 * transaction or inside, so each request adds at most one.
 */
export const withContext = <T>(ports: Ports, decide: (context: RequestContext) => T): T =>
  recordingRefusal(ports, { atMs: ports.clock.tokenTimeMs() }, decide);

/** The same for what is decided now and carried out later. */
export const withDeferredContext = <T>(ports: Ports, decide: (context: RequestContext) => Decided<T>): Decided<T> =>
  withContext(ports, (context) => {
    const decided = decide(context);
    return decided.kind === 'answer'
      ? decided
      : { kind: 'write', apply: () => recordingRefusal(ports, context, decided.apply) };
  });

/** Puts a decision that changed nothing into the ring. */
const note = (ports: Ports, context: RequestContext, reason: Reason, tokenId: number | undefined): void => {
  const { client } = context;
  ports.decisions.add({
    atMs: context.atMs,
    ...(client && { application: client.application.name, keyType: client.keySet.keyType }),
    ...(tokenId !== undefined && { tokenId }),
    reason,
  });
};
