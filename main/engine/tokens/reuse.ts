import type { DroppedScope, Reason } from '../../../preload/contract/audit.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Client } from '../clients/clientRules.ts';
import type { MadeDecision } from '../ports/ports.ts';
import type { UserRow } from '../ports/store.ts';
import { type Met, metOf, tupleInWords } from './candidate.ts';

/**
 * A live token handed out again. Many of these are kept for a while and few are ever read: it holds on to rows that are
 * there anyway, and is put into words when it is read.
 */
export class Reuse implements MadeDecision {
  readonly atMs: number;
  readonly #client: Client;
  readonly #user: UserRow;
  readonly #met: Met;
  readonly #dropped: readonly DroppedScope[];

  constructor(atMs: number, client: Client, user: UserRow, met: Met, dropped: readonly DroppedScope[]) {
    this.atMs = atMs;
    this.#client = client;
    this.#user = user;
    this.#met = met;
    this.#dropped = dropped;
  }

  get application(): string {
    return this.#client.application.name;
  }

  get keyType(): KeyType {
    return this.#client.keySet.keyType;
  }

  get tokenId(): number {
    return this.#met.row.id;
  }

  get reason(): Reason {
    return {
      rule: 'reused',
      atMs: this.atMs,
      tuple: tupleInWords(this.#met.row, this.#client, this.#user),
      met: metOf(this.#met),
      ...(this.#dropped.length > 0 && { scopesDropped: [...this.#dropped] }),
    };
  }
}
