import type { FaultKind, FaultRoute } from '../../../preload/contract/faults.ts';
import type { KeyType } from '../../../preload/contract/values.ts';

/** A request that may get a fault on purpose. */
export interface FaultTarget {
  readonly route: FaultRoute;
  /** The endpoint knows the consumer key that a request names. */
  readonly clientId?: string | undefined;
  /** `/userinfo` knows the access token. */
  readonly accessToken?: string | undefined;
  /** The gateway knows the caller. */
  readonly applicationId?: number | undefined;
  readonly keyType?: KeyType | undefined;
  readonly apiId?: number | undefined;
}

/** A fault that one reply gets. */
export interface TakenFault {
  readonly kind: FaultKind;
  /** For a delay, and for Retry-After. */
  readonly seconds: number;
  /** For the log. */
  readonly why: () => string;
}

/** Where endpoint and gateway get the faults on purpose. */
export interface FaultSource {
  /** Gives the fault of this reply, and counts it; `undefined` for none. Costs nothing while there are none. */
  take(target: FaultTarget): TakenFault | undefined;
}
