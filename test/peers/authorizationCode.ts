import type { ToldToken } from './round.ts';

/** The task of a foreign client: the address of the sign-in, and with `answer` the exchange. */
export interface FlowTask {
  readonly origin: string;
  readonly consumerKey: string;
  /** Absent for a public client. */
  readonly consumerSecret?: string;
  readonly redirectUri: string;
  /** The redirect with the code, and what the client kept since the first task. */
  readonly answer?: string;
  readonly verifier?: string;
  readonly state?: string;
}

/** Its report: the first task gives the address, the second one the token. */
export interface Flow {
  readonly url?: string;
  readonly verifier?: string;
  readonly state?: string;
  readonly token?: ToldToken;
}
