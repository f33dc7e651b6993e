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
  // Not the request and the candidate: V8's collector copies each object that lives as long as the log entry.
  readonly #application: Client['application'];
  readonly #keySet: Client['keySet'];
  readonly #user: UserRow;
  readonly #row: Candidate['row'];
  readonly #remainingMs: number;
  readonly #refresh: Candidate['refresh'];
  readonly #dropped: ScopeDecision['dropped'];
  readonly #validitySeconds: number | undefined;

  constructor(atMs: number, { client, user, scopes, validitySeconds }: ReusedRequest, candidate: Candidate) {
    this.atMs = atMs;
    this.#application = client.application;
    this.#keySet = client.keySet;
    this.#user = user;
    this.#row = candidate.row;
    this.#remainingMs = candidate.remainingMs;
    this.#refresh = candidate.refresh;
    this.#dropped = scopes.dropped;
    this.#validitySeconds = validitySeconds;
  }

  get application(): string {
    return this.#application.name;
  }

  get keyType(): KeyType {
    return this.#keySet.keyType;
  }

  get tokenId(): number {
    return this.#row.id;
  }

  get reason(): Reason {
    const client = { application: this.#application, keySet: this.#keySet };
    const candidate = {
      row: this.#row,
      remainingMs: this.#remainingMs,
      ...(this.#refresh && { refresh: this.#refresh }),
    };
    return {
      rule: 'reused',
      atMs: this.atMs,
      tuple: describeTuple(this.#row, client, this.#user),
      candidate: describeCandidate(candidate),
      ...(this.#validitySeconds !== undefined && { chosenValiditySeconds: this.#validitySeconds }),
      ...(this.#dropped.length > 0 && { scopesDropped: [...this.#dropped] }),
    };
  }
}
