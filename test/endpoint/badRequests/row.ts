import type { Shop } from '../shop.ts';

/** One bad request and the exact answer to it. */
export interface BadRequest {
  /** What is broken; at most five rows per rule. */
  readonly rule: string;
  readonly request: string | Buffer;
  readonly status: number;
  /** `invalid_request` when left out. */
  readonly error?: string;
  readonly description: string;
  /** Over this listener only; over both when left out. */
  readonly only?: 'http' | 'https';
}

export type BadRequests = (shop: Shop) => readonly BadRequest[];

/** Rows of one rule, which all get the same answer. */
export const rows = (
  rule: string,
  answer: Omit<BadRequest, 'rule' | 'request'>,
  requests: readonly (string | Buffer)[],
): BadRequest[] => requests.map((request) => ({ rule, request, ...answer }));
