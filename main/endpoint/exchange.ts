import type { ServerResponse } from 'node:http';
import type { BodyRequest } from './body.ts';
import type { Connection } from './connections.ts';

/** One request on its way to a reply. */
export interface Exchange {
  readonly request: BodyRequest;
  readonly response: ServerResponse;
  readonly connection: Connection;
  /** Of the clock that only goes on. */
  readonly startedAtMs: number;
  readonly method: string;
  path: string;
  hostname: string;
  /** The origin that may read the reply. */
  origin: string | undefined;
  clientId: string | undefined;
  grantType: string | undefined;
}
