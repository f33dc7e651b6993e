import type { DroppedScope, Reason } from '../../../preload/contract/audit.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Client } from '../clients/clientRules.ts';
import type { NewDecision } from '../ports/ports.ts';
import type { UserRow } from '../ports/userStore.ts';
import { type Candidate, describeCandidate, describeTuple } from './candidate.ts';

/**
 * A live token handed out again. Many of these are kept for a while and few are ever read: it holds on to rows that are
 * there anyway, and is put into words when it is read.
 */
export class ReuseDecision implements NewDecision {
  readonly atMs: number;
  readonly #client: Client;
  readonly #user: UserRow;
  readonly #candidate: Candidate;
  readonly #dropped: readonly DroppedScope[];

  constructor(atMs: number, client: Client, user: UserRow, candidate: Candidate, dropped: readonly DroppedScope[]) {
    this.atMs = atMs;
    this.#client = client;
    this.#user = user;
    this.#candidate = candidate;
    this.#dropped = dropped;
  }

  get application(): string {
    return this.#client.application.name;
  }

  get keyType(): KeyType {
    return this.#client.keySet.keyType;
  }

  get tokenId(): number {
    return this.#candidate.row.id;
  }

  get reason(): Reason {
    return {
      rule: 'reused',
      atMs: this.atMs,
      tuple: describeTuple(this.#candidate.row, this.#client, this.#user),
      candidate: describeCandidate(this.#candidate),
      ...(this.#dropped.length > 0 && { scopesDropped: [...this.#dropped] }),
    };
  }
}
