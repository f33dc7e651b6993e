import type { Decided } from '../decisions/decided.ts';
import type { OAuthError } from '../decisions/oauthError.ts';
import type { TokenAnswer } from '../tokens/insertion.ts';
import type { AuthorizationService } from './authorize/authorize.ts';

/**
 * Client credentials as received (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1). The engine refuses both at
 * once.
 */
export interface ClientCredentials {
  readonly basic?:
    | {
        readonly id: string;
        readonly secret: string;
        /** The same before form-decoding, if that changed them. */
        readonly undecoded?: { readonly id: string; readonly secret: string };
      }
    | undefined;
  readonly body?: { readonly id: string; readonly secret: string | undefined } | undefined;
}

/** A form without repeated parameters, and its sender's credentials. */
export interface OAuthRequest {
  readonly parameters: ReadonlyMap<string, string>;
  readonly credentials: ClientCredentials;
}

/** An answer of the revocation endpoint (https://www.rfc-editor.org/rfc/rfc7009#section-2.2; reference 5.1). */
export interface RevocationAnswer {
  /** The revoked token, for the headers. Absent when nothing was revoked, or with the setting `revokeHeaders` off. */
  readonly revoked?: {
    readonly tokenId: number;
    /** Undefined where only its hash is stored and the request did not bring it. The same for `refreshToken`. */
    readonly accessToken: string | undefined;
    readonly refreshToken: string | undefined;
    /** Fully qualified, like `admin@carbon.super`. */
    readonly authorizedUser: string;
  };
}

/** An answer of the introspection endpoint (https://www.rfc-editor.org/rfc/rfc7662#section-2.2; reference 5.2). */
export type IntrospectionAnswer =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly tokenId: number;
      readonly scope: string;
      readonly tokenType: 'Bearer';
      readonly clientId: string;
      /** Fully qualified. */
      readonly username: string;
      readonly userType: 'APPLICATION' | 'APPLICATION_USER';
      readonly issuedAtSeconds: number;
      /** `null`: never expires. */
      readonly expiresAtSeconds: number | null;
    };

/** An answer of `/userinfo` (https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse). */
export interface UserinfoAnswer {
  readonly tokenId: number;
  /** With `sub` first. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The engine as the endpoint sees it. The first four throw `OAuthError` for a refusal. */
export interface OAuthService {
  /**
   * `POST /token` (https://www.rfc-editor.org/rfc/rfc6749#section-3.2). An answered `OAuthError` is a refusal that changed
   * a stored code.
   */
  token(request: OAuthRequest): Decided<TokenAnswer | OAuthError>;
  /** `POST /revoke` (https://www.rfc-editor.org/rfc/rfc7009#section-2). */
  revoke(request: OAuthRequest): Decided<RevocationAnswer>;
  /** `POST /oauth2/introspect` (https://www.rfc-editor.org/rfc/rfc7662#section-2). */
  introspect(request: OAuthRequest): IntrospectionAnswer;
  /** `/userinfo` (https://openid.net/specs/openid-connect-core-1_0.html#UserInfo). */
  userinfo(accessToken: string): UserinfoAnswer;
  readonly authorization: AuthorizationService;
  /** Metadata (https://www.rfc-editor.org/rfc/rfc8414#section-2) for a client that used this host name. */
  metadata(hostname: string): Readonly<Record<string, unknown>>;
  /** Origins that may read replies (CORS), in addition to loopback ones. */
  allowedOrigins(): ReadonlySet<string>;
  /** Whether parameters in the URL are refused: the setting `refuseUrlParameters`. */
  refusesUrlParameters(): boolean;
}
