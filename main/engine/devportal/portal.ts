/** Who calls, as the Authorization header says. */
export type PortalCredentials =
  | { readonly token: string }
  | {
      readonly basic: {
        readonly id: string;
        readonly secret: string;
        /** The same before form-decoding, if that changed them. */
        readonly undecoded?: { readonly id: string; readonly secret: string };
      };
    };

export interface PortalRequest {
  readonly credentials: PortalCredentials | undefined;
  /** The variable parts of the path, in order. */
  readonly parts: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface PortalAnswer {
  readonly status: 200 | 201;
  /** The JSON of the reply; undefined for an empty one. */
  readonly body?: object;
  /** The path of the created thing, behind that of the API. */
  readonly location?: string;
  /** Something that the caller should know and API Manager does not say, for the request log. */
  readonly why?: string | undefined;
  /** The presented token and its client, for the request log. */
  readonly tokenId?: number | undefined;
  readonly clientId?: string | undefined;
}
