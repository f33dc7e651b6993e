/**
 * The outcome of deciding a request. `answer`: nothing to write, so send it now. `write`: run `apply` in a transaction
 * and send its answer after the commit. `apply` reads the tokens again. After any other change, decide again instead.
 */
export type Decided<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'write'; readonly apply: () => T };

/** Returns the answer, writing if need be. Must run in a transaction. */
export const resolveDecision = <T>(decided: Decided<T>): T =>
  decided.kind === 'answer' ? decided.answer : decided.apply();

/**
 * Decides now. A decision to write is made again inside the transaction, because the tokens may have changed by then.
 */
export const decideAgainInTransaction = <T>(decide: () => Decided<T>): Decided<T> => {
  const first = decide();
  return first.kind === 'answer' ? first : { kind: 'write', apply: () => resolveDecision(decide()) };
};
