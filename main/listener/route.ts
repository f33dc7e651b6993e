import type { Exchange } from './exchange.ts';
import type { Reply, TextReply } from './reply.ts';

/** Pages of allowed origins may read replies of a route with `cors`, and its OPTIONS gets a preflight reply. */
type Methods =
  | { readonly methods: readonly string[]; readonly cors: boolean }
  /** The route handles every method itself, OPTIONS included. */
  | { readonly methods: 'any'; readonly cors: false };

/** A route declares what it accepts. Admission checks that before the route does any work. */
export type Route = Methods & {
  /** The reply to any other method, in place of 405. It names the methods in `Allow`. */
  readonly otherMethod?: TextReply;
  /** The reply to a form that is too large, in place of the usual one. */
  readonly tooLarge?: TextReply;
  /**
   * `form`: the body is read whole, at most 64 KiB, before `answer` is called. `none`: a body is discarded.
   * `stream`: `answer` reads `exchange.request`, a Node stream with backpressure, for as long as it takes.
   */
  readonly body: 'form' | 'none' | 'stream';
  /** `ignored`: `exchange.query` is empty, whatever the URL holds. */
  readonly query: 'read' | 'ignored';
  /** Whether replies 401, 500 and 503 get a `WWW-Authenticate: Basic` header. Other schemes add their own. */
  readonly basicChallenge: boolean;
  /** Whether a form on a page of any site may lead the browser here, as links may. Scripts of such a page may not call. */
  readonly formsOfAnySite?: boolean;
  /** Refuses a request by its headers and URL, before its body is read. */
  readonly refuse?: (exchange: Exchange) => Reply | undefined;
  /**
   * Answers an admitted request; `body` holds the form and is else empty. May throw or reject: {@link Site.errorReply}
   * turns that into a reply.
   */
  readonly answer: (exchange: Exchange, body: Buffer) => Reply | Promise<Reply>;
};

/** What the servers serve, and to which pages. */
export interface Site {
  /** The route at a path, or the reply where nothing is served. */
  readonly routeAt: (path: string) => Route | Reply;
  /** Origins whose pages may call, in addition to loopback ones. */
  readonly allowedOrigins: () => ReadonlySet<string>;
  /** Response headers that those pages may read. */
  readonly exposedHeaders: readonly string[];
  /** The reply to an error that a route threw. Never throws. */
  readonly errorReply: (thrown: unknown) => Reply;
}

/** Tells a route from a reply. */
export const isRoute = (found: Route | Reply): found is Route => 'answer' in found;
