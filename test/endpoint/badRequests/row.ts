import type { Shop } from '../shop.ts';

/** One bad request and its exact reply. */
export interface BadRequest {
  /** The broken rule; at most five rows for each. */
  readonly rule: string;
  readonly request: string | Buffer;
  readonly status: number;
  /** `invalid_request` by default. */
  readonly error?: string;
  readonly description: string;
  /** Over this server only; by default over both. */
  readonly only?: 'http' | 'https';
}

export type BadRequests = (shop: Shop) => readonly BadRequest[];

/** Rows of one rule, which all get the same reply. */
export const rows = (
  rule: string,
  answer: Omit<BadRequest, 'rule' | 'request'>,
  requests: readonly (string | Buffer)[],
): BadRequest[] => requests.map((request) => ({ rule, request, ...answer }));
