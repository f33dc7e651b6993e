import type { Decided } from '../../decisions/decided.ts';
import type { CodeChallenge } from '../../ports/store/authorizationCodes.ts';

/** How the redirect carries its parameters (Form Post 1.0, Multiple Response Types 1.0). */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Where the answer of a checked client goes. */
export interface ReplyTarget {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** An authorization request that passed all checks. It waits in a browser's session while its user signs in. */
export interface AuthorizationRequest extends ReplyTarget {
  readonly clientId: string;
  /** Normalised; empty for none. */
  readonly scope: string;
  readonly prompts: readonly string[];
  readonly nonce: string | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly loginHint: string | undefined;
  /** Only for `prompt=none`. */
  readonly idTokenHint: string | undefined;
  readonly challenge: CodeChallenge | undefined;
}

/** A sign-in of a browser. It ends with its user's password. */
export interface SignedIn {
  readonly userId: number;
  readonly passwordMark: string | undefined;
  /** Token time. */
  readonly authTimeMs: number;
  /** A UUID, the `sid` of ID tokens. */
  readonly sessionId: string;
}

/** The state of a request's browser. `fresh`: its user signed in for this very request. */
export interface Visitor {
  readonly signedIn: SignedIn | undefined;
  readonly fresh: boolean;
}

export type AuthorizeErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_callback'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported';

/** An error with WSO2's text. `hint`: the broken rule, for people. */
export interface AuthorizeError {
  readonly error: AuthorizeErrorCode;
  readonly description: string;
  readonly hint?: string | undefined;
}

/** The person at the browser sees the error; the app does not. */
export interface ErrorPage {
  readonly kind: 'page';
  readonly error: AuthorizeError;
  /** 2.6 answers with 401 and JSON where the client itself is wrong. */
  readonly asJson: boolean;
}

/** The next step of an authorization request. */
export type AuthorizeOutcome =
  | ErrorPage
  | {
      readonly kind: 'redirect';
      readonly target: ReplyTarget;
      /** In WSO2's order. */
      readonly parameters: readonly (readonly [name: string, value: string])[];
      /** Whether `iss` follows. https://www.rfc-editor.org/rfc/rfc9207 */
      readonly withIssuer: boolean;
      readonly error?: AuthorizeError;
    }
  | { readonly kind: 'login'; readonly request: AuthorizationRequest }
  | { readonly kind: 'consent'; readonly request: AuthorizationRequest };

/** The browser that asks for its logout. */
export interface LeavingBrowser {
  /** Whether it sent the cookie of a session, perhaps of one that ended. */
  readonly hasCookie: boolean;
  readonly signedIn: SignedIn | undefined;
}

/** Where a browser goes after its logout. */
export interface LogoutTarget {
  readonly uri: string;
  readonly state: string | undefined;
}

/** The next step of a logout. Without a target it ends on a page of ours. */
export type LogoutOutcome =
  | ErrorPage
  | {
      readonly kind: 'consent';
      readonly user: string;
      /** The application that asks. */
      readonly application: string | undefined;
      readonly target: LogoutTarget | undefined;
    }
  | { readonly kind: 'done'; readonly target: LogoutTarget | undefined };

/** `approveExpired` gives a code that has expired, for a test of the app. */
export type ConsentAnswer = 'approve' | 'approveAlways' | 'approveExpired' | 'deny';

/** The content of the sign-in page. */
export interface LoginView {
  readonly application: string;
  /** Users to pick with one click. */
  readonly users: readonly { readonly id: number; readonly name: string }[];
}

/** The content of the consent page. */
export interface ConsentView {
  readonly application: string;
  readonly user: string;
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  /** Requested scopes that the token will not have, and why. */
  readonly dropped: string | undefined;
  /** Whether the user is a tester, who may want an expired code. */
  readonly offersExpiredCode: boolean;
}

/** Name and password, or the id of a picked user. */
export type LoginForm = { readonly username: string; readonly password: string } | { readonly userId: number };

/** The authorization endpoint (https://www.rfc-editor.org/rfc/rfc6749#section-3.1) without its HTTP. */
export interface AuthorizationService {
  /** Checks a request of an app and decides its first step. Parameters are not repeated. */
  begin(parameters: ReadonlyMap<string, string>, signedIn: SignedIn | undefined): Decided<AuthorizeOutcome>;
  /** Decides the step after a sign-in. */
  resume(request: AuthorizationRequest, visitor: Visitor): Decided<AuthorizeOutcome>;
  /** Decides the step after the consent page. */
  answerConsent(request: AuthorizationRequest, visitor: Visitor, answer: ConsentAnswer): Decided<AuthorizeOutcome>;
  /** Undefined when the client was deleted or revoked since. */
  loginView(request: AuthorizationRequest): LoginView | undefined;
  /** Undefined when client or user are gone since. */
  consentView(request: AuthorizationRequest, signedIn: SignedIn | undefined): ConsentView | undefined;
  /** Undefined for a wrong name or password, and for a pick that is not offered. */
  signIn(form: LoginForm): SignedIn | undefined;
  /** Decides a logout (https://openid.net/specs/openid-connect-rpinitiated-1_0.html). Parameters are not repeated. */
  logout(parameters: ReadonlyMap<string, string>, browser: LeavingBrowser): LogoutOutcome;
}
