import type { ApiVerb } from '../../../preload/contract/apis.ts';
import type { KeyType, UserType } from '../../../preload/contract/values.ts';
import type { ApiRow } from '../ports/store/apis.ts';

/** One request to the gateway, before its body is read. */
export interface GatewayRequest {
  readonly verb: string;
  /** Without query, not decoded. */
  readonly path: string;
  readonly query: string;
  /** All values of a header in one text, joined by `, `; undefined without one. The name is in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The client's address, for resources without security. */
  readonly clientAddress: string;
  /** Of the body, for tiers that count bytes. */
  readonly contentLength: number;
}

/** Codes of WSO2's faults (gateway reference 4.4, 5.1, 5.3). 404, 405 and 403 are those of the main sequence. */
export type FaultCode =
  | 403
  | 404
  | 405
  | 700700
  | 900800
  | 900801
  | 900802
  | 900803
  | 900804
  | 900805
  | 900806
  | 900807
  | 900900
  | 900901
  | 900902
  | 900905
  | 900907
  | 900908
  | 900909
  | 900910;

/** What a fault's texts need, whatever the profile. The gateway room writes the body. */
export interface GatewayFault {
  readonly code: FaultCode;
  /** Which part of the pipeline refused; it decides the shape of the body. */
  readonly stage: 'dispatch' | 'lifecycle' | 'authentication' | 'throttling' | 'backend';
  /** For 404 and 405: whether an API was found. */
  readonly noApi?: boolean;
  /** For 405: the verbs that the path answers. */
  readonly allow?: readonly ApiVerb[];
  /** For 900901 of `backend`: the key type that has no backend. */
  readonly keyType?: KeyType;
  /** For authentication faults: the frame "Access failure for API: …". */
  readonly api?: { readonly basePath: string; readonly version: string; readonly template: string };
  /** For authentication faults of a token in the form of a JWT, which 3.x and later word in another way. */
  readonly jwt?: 'revoked' | 'other';
  /** For 900902: the header that should have brought the token. */
  readonly authorizationHeader?: string;
  /** For throttled requests: the end of the window, in real time. */
  readonly nextAccessAtMs?: number;
}

/** The caller, for the echo, the log and the backend JWT. */
export interface GatewayCaller {
  readonly application: string;
  readonly applicationId: number;
  readonly applicationTier: string;
  readonly applicationOwner: string;
  readonly consumerKey: string;
  readonly keyType: KeyType;
  /** Fully qualified, like `admin@carbon.super`. */
  readonly user: string;
  readonly userType: UserType;
  readonly device: string | undefined;
  readonly scopes: readonly string[];
  readonly tokenId: number;
  /** Token time; null: never. */
  readonly expiresAtMs: number | null;
  readonly secondsLeft: number | null;
  /** The tier of the subscription that was counted; `Unlimited` for an open API. */
  readonly subscriptionTier: string;
}

/** Facts for log and `X-Keyfob-Reason`, known so far. */
export interface GatewayFacts {
  /** The API found, like `echo/1.0`. */
  readonly api?: string;
  readonly template?: string;
  readonly application?: string;
  readonly keyType?: KeyType;
  readonly user?: string;
  readonly device?: string | undefined;
  readonly tokenId?: number;
  /** Whether the validation cache answered. */
  readonly cached?: boolean;
  /** The true reason as one or two sentences. Put into words only when read. */
  readonly why?: () => string;
}

/** CORS of the reply (gateway reference 8), decided before authentication. */
export interface CorsDecision {
  /** `undefined` without an origin. */
  readonly allowOrigin: string | undefined;
  /** The verbs of the matched resource that CORS allows. */
  readonly methods: readonly ApiVerb[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
}

export type GatewayDecision =
  | {
      readonly kind: 'refused';
      readonly fault: GatewayFault;
      readonly facts: GatewayFacts;
      readonly cors: CorsDecision | undefined;
    }
  | { readonly kind: 'preflight'; readonly facts: GatewayFacts; readonly cors: CorsDecision }
  | {
      readonly kind: 'admitted';
      readonly api: ApiRow;
      /** `/context/version`. */
      readonly basePath: string;
      readonly template: string;
      /** What follows the context, `/` at least, not decoded. */
      readonly resourcePath: string;
      /** `echo` or a URL. */
      readonly backend: string;
      /** Undefined for a resource without security. */
      readonly caller: GatewayCaller | undefined;
      /** The header that brought the token, in lower case, and what is left of it besides the token. */
      readonly credentials: { readonly header: string; readonly rest: string | undefined } | undefined;
      readonly facts: GatewayFacts;
      readonly cors: CorsDecision | undefined;
    };

/** The engine as the gateway sees it. It runs synchronously and writes nothing to disk. */
export interface GatewayService {
  /** Decides by all checks in the order of gateway reference 1, and counts the request if it is admitted. */
  decide(request: GatewayRequest): GatewayDecision;
  /** Forgets what the validation cache knows of a token; without one, of all. */
  evict(tokenId?: number): void;
  /** Forgets what it knows of a token by its value, which may be unknown to the store. */
  evictValue(accessToken: string): void;
}
