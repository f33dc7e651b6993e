import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import type { RequestLog } from './requestLog.ts';

/** The endpoint, as the engine's handlers use it; `main/endpoint` implements it. */
export interface EndpointControl {
  status(): EndpointStatus;
  /** The issuer of tokens: the token URL at the running port, else at the port of the settings. */
  issuer(): string;
  start(at: {
    readonly port?: number | undefined;
    readonly httpPort?: number | null | undefined;
  }): Promise<EndpointStatus>;
  stop(): Promise<EndpointStatus>;
  /**
   * Answers to these extra names and stores them with `save`. Certificate, Host rule and addresses follow; connections
   * stay open. Rejects with `name_not_permitted`, `port_in_use` or the error of `save`, and then changes nothing.
   */
  rename<T>(extraNames: readonly string[], save: () => Promise<T>): Promise<T>;
  ca(): {
    readonly pem: string;
    readonly fingerprintSha256: string;
    readonly endsAtMs: number;
    readonly caFile: string;
  };
  readonly requests: RequestLog;
}
