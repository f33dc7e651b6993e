import type { LoggedRequest, RequestDetails, ToolCall } from '../../../preload/contract/requests.ts';

/** A row of the log. Its reason is put into words only when somebody reads it. */
export interface RequestRow extends Omit<LoggedRequest, 'why'> {
  readonly why: () => string | undefined;
}

/** Headers and bodies of a request, with secrets masked. */
export type MaskedDetails = Omit<RequestDetails, 'request'>;

/** The newest requests to endpoint and gateway. `main/listener` implements it, and keeps them in memory only. */
export interface RequestLog {
  /** The number of the newest row; 0 without one. */
  newest(): number;
  /** Newest first. With `after`, only those with a larger number. */
  rows(after?: number): readonly RequestRow[];
  /** `undefined` for a request without details, or once newer ones needed the space. */
  details(sequence: number): MaskedDetails | undefined;
  /**
   * Sends the bytes of a request to the endpoint again, real secrets included. Gives the number of the new row. Rejects
   * with `not_found` without details, `refused` for a request that was not captured whole, `conflict` while stopped.
   */
  repeat(sequence: number): Promise<number>;
  /** Adds the tool call of a model. Gives the number of its row. */
  addToolCall(call: ToolCall): number;
  /** Forgets all rows and overwrites all details. Gives the number of rows. */
  clear(): number;
  /** Overwrites all details, and keeps the rows. */
  wipeDetails(): void;
}
