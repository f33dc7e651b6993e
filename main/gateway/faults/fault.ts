import type { Settings } from '../../../preload/contract/settings/settings.ts';

export type Profile = Settings['gatewayProfile'];

/** Which part of WSO2's gateway writes a fault. It decides the XML names, the format and the SOAP fault. */
export type FaultSource = 'main' | 'fault' | 'lifecycle' | 'authentication' | 'throttling';

/** The texts of a fault in the words of one profile. */
export interface Fault {
  readonly source: FaultSource;
  readonly status: number;
  readonly code: number;
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  readonly description: string;
  readonly nextAccessTime?: string | undefined;
  /** Its place in a SOAP fault. */
  readonly soap: { readonly code: 'Client' | 'Server'; readonly reason: string; readonly detail?: string };
}

/**
 * Gives a fault of the sequence `fault`, as all but `main`, authentication and throttling use it (gateway reference 5.1).
 */
export const sequenceFault = (
  status: number,
  code: number,
  description: string,
  message = 'Runtime Error',
  source: FaultSource = 'fault',
): Fault => ({
  source,
  status,
  code,
  type: 'Status report',
  message,
  description,
  soap: { code: 'Server', reason: description },
});
