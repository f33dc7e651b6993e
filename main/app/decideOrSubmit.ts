import { type Decided, resolveDecision } from '../engine/decisions/decided.ts';
import type { GroupCommit } from '../store/database/commit.ts';

/**
 * Takes a request's decision and returns its answer, at once where nothing is to be written. Else it submits a
 * transaction, which decides again if `rulesVersion` changed since. An answer or refusal may rest on changes that are
 * not on disk yet. It then waits for the sync, so that a crash cannot undo what a client was told.
 */
export const decideOrSubmit =
  (commit: Pick<GroupCommit, 'unsynced' | 'synced' | 'submit'>, rulesVersion: () => number) =>
  <T>(decide: () => Decided<T>): T | Promise<T> => {
    const { unsynced } = commit;
    const version = rulesVersion();
    let first: Decided<T>;
    try {
      first = decide();
    } catch (refusal) {
      if (!unsynced) throw refusal;
      return commit.synced().then(() => Promise.reject(refusal));
    }
    if (first.kind === 'answer') return unsynced ? commit.synced().then(() => first.answer) : first.answer;
    return commit.submit(() => resolveDecision(rulesVersion() === version ? first : decide()), { repeatable: true });
  };
