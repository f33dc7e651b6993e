import type { Reason, RefusalCause, Rule } from '../../../preload/contract/audit.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import type { Decided } from './decided.ts';
import { OAuthError, type OAuthErrorCode } from './oauthError.ts';

/** One request while it is decided. It collects the facts that the reason of a refusal needs. */
export interface RequestContext {
  /** Token time. The whole request is decided at this instant. */
  readonly atMs: number;
  /** The authenticated client. */
  client?: { readonly application: { readonly name: string }; readonly keySet: { readonly keyType: KeyType } };
  /** The token row of the request, before the decision. */
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
    case 'invalid_token':
    case 'unauthorized_client':
      return 'refused_grant';
    case 'invalid_scope':
    case 'insufficient_scope':
      return 'refused_scope';
  }
};

const maxDescriptionLength = 200;

/**
 * The start of a description. The ring keeps thousands of refusals, and a description may quote the client. A slice
 * would keep the whole text in memory, so the letters are copied.
 */
export const startOf = (description: string): string =>
  description.length <= maxDescriptionLength ? description : [...description.slice(0, maxDescriptionLength)].join('');

/**
 * Builds an error with the texts of reference 4.5 and its reason. `cause` is the true cause, which the wire hides.
 * `useInstead` is the user name that was probably intended.
 */
export const refusal = (
  context: RequestContext,
  status: OAuthError['status'],
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

/** Adds a refusal to the log of decisions. */
const record = (ports: Ports, { atMs, client, candidate }: RequestContext, reason: Reason): void => {
  ports.decisions.add({
    atMs,
    ...(client && { application: client.application.name, keyType: client.keySet.keyType }),
    ...(candidate && { tokenId: candidate.tokenId }),
    reason,
  });
};

const recordingRefusals = <T>(ports: Ports, context: RequestContext, decide: () => T): T => {
  try {
    const result = decide();
    if (result instanceof OAuthError && result.reason !== undefined) record(ports, context, result.reason);
    return result;
  } catch (error) {
    if (error instanceof OAuthError && error.reason !== undefined) record(ports, context, error.reason);
    throw error;
  }
};

/** Decides a request in a new context. A refusal is added to the log of decisions and thrown on. */
export const withContext = <T>(ports: Ports, decide: (context: RequestContext) => T): T => {
  const context: RequestContext = { atMs: ports.clock.tokenTimeMs() };
  return recordingRefusals(ports, context, () => decide(context));
};

/**
 * The same for a decision that is applied later. A refusal is final, outside the transaction as well as inside, so a
 * request adds at most one.
 */
export const withDeferredContext = <T>(ports: Ports, decide: (context: RequestContext) => Decided<T>): Decided<T> =>
  withContext(ports, (context) => {
    const decided = decide(context);
    return decided.kind === 'answer'
      ? decided
      : { kind: 'write', apply: () => recordingRefusals(ports, context, decided.apply) };
  });
