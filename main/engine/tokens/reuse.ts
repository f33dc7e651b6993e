import type { Reason } from '../../../preload/contract/audit.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Client } from '../clients/client.ts';
import type { NewDecision } from '../ports/ports.ts';
import type { UserRow } from '../ports/store/users.ts';
import type { ScopeDecision } from '../scopeRules.ts';
import { type Candidate, describeCandidate, describeTuple } from './candidate.ts';

/** The part of a request that the reason of its reuse tells. */
interface ReusedRequest {
  readonly client: Client;
  readonly user: UserRow;
  readonly scopes: Pick<ScopeDecision, 'dropped'>;
  readonly validitySeconds?: number | undefined;
}

/**
 * The decision to return a live token again. The log keeps thousands of these and most are never read. So it stores
 * only references to existing rows, and builds the reason when it is read.
 */
export class ReuseDecision implements NewDecision {
  readonly atMs: number;
  readonly #client: Client;
  readonly #user: UserRow;
  readonly #candidate: Candidate;
  readonly #dropped: ScopeDecision['dropped'];
  readonly #validitySeconds: number | undefined;

  constructor(atMs: number, { client, user, scopes, validitySeconds }: ReusedRequest, candidate: Candidate) {
    this.atMs = atMs;
    this.#client = client;
    this.#user = user;
    this.#candidate = candidate;
    this.#dropped = scopes.dropped;
    this.#validitySeconds = validitySeconds;
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
      ...(this.#validitySeconds !== undefined && { chosenValiditySeconds: this.#validitySeconds }),
      ...(this.#dropped.length > 0 && { scopesDropped: [...this.#dropped] }),
    };
  }
}
