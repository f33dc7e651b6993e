import type { BodyRequest } from './body.ts';
import type { LoggedResponse } from './loggedResponse.ts';
import type { Upgrade } from './reply.ts';
import type { Connection } from './sockets/connections.ts';

/** One request and its context, from the first byte to the reply. */
export interface Exchange {
  readonly request: BodyRequest;
  readonly response: LoggedResponse;
  readonly connection: Connection;
  /** By the monotonic clock. */
  readonly startedAtMs: number;
  readonly method: string;
  /** The connection of a WebSocket handshake, and its first bytes behind the request. */
  readonly upgrade: Upgrade | undefined;
  /** Whether the client sends the body only after a 100, which is not sent yet. See {@link acceptBody}. */
  awaitsContinue: boolean;
  path: string;
  /** The query, where the route reads it. It may hold secrets and is never logged. */
  query: string;
  /** Names of secret parameters in the URL. */
  secretsInUrl: readonly string[] | undefined;
  hostname: string;
  /** The site of the page that sent the request, if it is another one. All its requests share one row of the log. */
  foreignSite: string | undefined;
  /** The origin whose page may read the reply. */
  origin: string | undefined;
  /** Whether replies 401, 500 and 503 ask for Basic credentials. */
  basicChallenge: boolean;
  /** The log shows these two. */
  clientId: string | undefined;
  grantType: string | undefined;
  /** The form, if the route reads one, and the headers of the reply: for the details of the log row. */
  body: Buffer | undefined;
  replyHeaders: readonly string[];
}

/**
 * Tells a client that sent `Expect: 100-continue` to send the body. Call it before the body is read.
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
export const acceptBody = (exchange: Exchange): void => {
  if (!exchange.awaitsContinue) return;
  exchange.awaitsContinue = false;
  exchange.response.writeContinue();
};
