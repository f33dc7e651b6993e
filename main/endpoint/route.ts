import type { Decided } from '../engine/decisions/decided.ts';
import type { OAuthRequest, OAuthService } from '../engine/oauth/oauth.ts';
import type { BasicCredentials } from './basic.ts';
import type { Reply } from './reply.ts';

/** What answers the routes. */
export interface Service {
  readonly oauth: OAuthService;
  /** Runs a decision: answers at once, or after its write is on disk. Throws or rejects with what the decision threw. */
  readonly run: <T>(decide: () => Decided<T>) => T | Promise<T>;
}

/** Answers one request. `undecoded`: the Basic credentials before form-decoding, where that makes a difference. */
export type Route = (
  service: Service,
  request: OAuthRequest,
  undecoded: BasicCredentials['undecoded'],
) => Reply | Promise<Reply>;
