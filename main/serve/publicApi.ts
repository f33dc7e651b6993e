/** What `startKeyfob` takes. */
export interface StartOptions {
  /** A keyfob.yaml: its path, or its content as an object. */
  readonly seed?: string | object;
  /** The values of the names in the seed, and the secret of a sealed one (default: `process.env`). */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The HTTPS port (default: any free one). */
  readonly port?: number | undefined;
  /** The port of plain HTTP, which is else not served; 0: any free one. */
  readonly httpPort?: number | undefined;
  /** An address to listen on in addition to loopback, like 0.0.0.0. */
  readonly host?: string | undefined;
  /** Names to answer to in addition to localhost. */
  readonly names?: readonly string[];
}

/** Selects an application token, or with a user a user token. */
export interface TokenSelection {
  readonly application: string;
  /** Default: PRODUCTION. */
  readonly keyType?: 'PRODUCTION' | 'SANDBOX';
  readonly user?: string | undefined;
  readonly scopes?: readonly string[];
}

export interface IssuedToken {
  readonly id: number;
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly scope: string;
  /** Null: never expires. */
  readonly expiresInSeconds: number | null;
  /** Whether it existed before. */
  readonly reused: boolean;
  /** Why this token, as sentences. */
  readonly why: string;
}

export interface DeviceToken extends IssuedToken {
  readonly device: string;
}

/** A request to the endpoint or the gateway, without secrets. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly application?: string | undefined;
  readonly user?: string | undefined;
  readonly device?: string | undefined;
  readonly api?: string | undefined;
  readonly tokenId?: number | undefined;
  readonly error?: string | undefined;
  /** The true reason as sentences. */
  readonly why?: string | undefined;
}

/** A running Keyfob in a temporary folder, which goes with it. */
export interface Keyfob extends AsyncDisposable {
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly introspectUrl: string;
  /** Where the paths of APIs start, like https://localhost:8243. */
  readonly baseUrl: string;
  /** The token address of plain HTTP, with `httpPort`. */
  readonly httpTokenUrl?: string | undefined;
  /** The certificate authority as PEM. */
  readonly ca: string;
  /** A file with the same, for NODE_EXTRA_CA_CERTS and curl. */
  readonly caFile: string;
  /** Issues a token as the endpoint would, without password and secret. Rejects as the endpoint refuses. */
  token(selection: TokenSelection): Promise<IssuedToken>;
  /** The same for each device. */
  mint(selection: TokenSelection & { readonly devices: readonly string[] }): Promise<DeviceToken[]>;
  /** The credentials of an application. */
  keys(
    application: string,
    keyType?: 'PRODUCTION' | 'SANDBOX',
  ): Promise<{ readonly consumerKey: string; readonly consumerSecret: string }>;
  /** Moves token time forward, or with a negative number back: tokens expire. */
  advanceClock(seconds: number): Promise<void>;
  /** The requests so far, oldest first, at most 1000. */
  requests(): Promise<AnsweredRequest[]>;
  /** Answers running requests, then removes the folder. Calling it again does nothing. */
  stop(): Promise<void>;
}

export type StartKeyfob = (options?: StartOptions) => Promise<Keyfob>;
