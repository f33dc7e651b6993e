import type { ImportSource } from '../../../preload/contract/imports.ts';
import type { KeyType } from '../../../preload/contract/values.ts';

/** Keys of a foreign file, as they are there. Absent parts stay as they are here. */
export interface ForeignKeys {
  /** Absent where the file does not tell. */
  readonly keyType?: KeyType;
  readonly consumerKey: string;
  readonly consumerSecret?: string;
  readonly grantTypes?: readonly string[];
  readonly callbackUrl?: string;
  readonly publicClient?: boolean;
  readonly pkce?: 'required' | 'optional';
  readonly pkcePlain?: boolean;
  readonly lifetimes?: {
    readonly application?: number | undefined;
    readonly user?: number | undefined;
    readonly refresh?: number | undefined;
  };
  readonly tokenFormat?: 'opaque' | 'apim26' | 'apim32' | 'apim42';
  /** The token address of their server. */
  readonly tokenUrl?: string;
}

export interface ForeignSubscription {
  readonly api: string;
  readonly version: string;
  readonly tier?: string | undefined;
  readonly state?: string | undefined;
}

/** An application of a foreign file. */
export interface ForeignApplication {
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly tier?: string | undefined;
  readonly description?: string | undefined;
  readonly keys: readonly ForeignKeys[];
  readonly subscriptions: readonly ForeignSubscription[];
}

/** What a file holds. Reading it adds a note for each part that is left out. */
export interface ForeignFile {
  readonly source: ImportSource;
  readonly applications: readonly ForeignApplication[];
}
