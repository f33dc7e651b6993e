import type { ServerResponse } from 'node:http';
import type { BodyRequest } from './body.ts';
import type { Connection } from './connections.ts';
import type { Charset } from './mediaType.ts';

/** One request on its way to a reply. */
export interface Exchange {
  readonly request: BodyRequest;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly method: string;
  path: string;
  /** The query that the route reads; it may hold secrets and is never logged. */
  query: string;
  /** Secret parameters that stood in the URL, by name. */
  secretsInUrl: readonly string[] | undefined;
  /** Of the body; undefined where only an empty body is allowed, for lack of a Content-Type. */
  charset: Charset | undefined;
  hostname: string;
  /** The page's site, where another site's page sent the request; its requests share one row of the log. */
  foreignSite: string | undefined;
  /** The origin that may read the reply. */
  origin: string | undefined;
  clientId: string | undefined;
  grantType: string | undefined;
}
