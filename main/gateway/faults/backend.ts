import { type Fault, sequenceFault } from './fault.ts';

/** How a backend failed. */
export type BackendFailure =
  /** Refused, unreachable, unknown host, or TLS failed. */
  | 'connect'
  | 'connectTimeout'
  /** No response within the time limit. */
  | 'timeout'
  /** It closed the connection before it answered. */
  | 'closed'
  /** Its response is not HTTP. */
  | 'protocol';

/** WSO2 adds the state of the connection to some codes. Both are states of the request. */
const states = { body: 2, done: 3 };

/** Gives the fault of a failed backend (gateway reference 9). Its status is 500, whatever failed. */
export const backendFault = (failure: BackendFailure, sent: keyof typeof states): Fault => {
  switch (failure) {
    case 'connect':
      return sequenceFault(500, 101503, 'Error connecting to the back end');
    case 'connectTimeout':
      return sequenceFault(500, 101508, 'Error connecting to the back end');
    case 'timeout':
      return sequenceFault(500, 101504, 'Send timeout');
    case 'closed':
      return sequenceFault(500, 101505 + states[sent], 'Error in Sender');
    case 'protocol':
      return sequenceFault(500, 101506 + states[sent], 'Error in Sender');
  }
};

/** Gives the fault of a suspended backend. `endpoint` is WSO2's name of it. */
export const suspendedFault = (endpoint: string, method: string): Fault =>
  sequenceFault(
    500,
    303001,
    method === 'HEAD'
      ? `Currently, HTTP endpoint : [ Name : ${endpoint} ] [ State : SUSPENDED ]`
      : `Currently , Address endpoint : [ Name : ${endpoint} ] [ State : SUSPENDED ]`,
  );

/** The backend is this gateway. WSO2 knows such a loop of its default version only (gateway reference 2.2). */
export const loopFault = sequenceFault(500, 500, 'Faulty invoking through default API', 'Internal Server Error');
