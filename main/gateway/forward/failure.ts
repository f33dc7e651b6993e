import type { BackendFailure } from '../faults/backend.ts';

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** Tells how a backend failed, by Node's error and whether the connection was open. */
export const failureOf = (error: Error, isConnected: boolean): BackendFailure => {
  const code = codeOf(error);
  if (!isConnected) return code === 'ETIMEDOUT' ? 'connectTimeout' : 'connect';
  return code.startsWith('HPE_') || code === 'ERR_HTTP_INVALID_STATUS_CODE' ? 'protocol' : 'closed';
};

/** Says for people why a backend could not be called. It names no more than the API's own backend URL and Node's code. */
export const failureText = (failure: BackendFailure, backend: string, error: Error | undefined, seconds: number) => {
  const code = error === undefined ? '' : codeOf(error);
  switch (failure) {
    case 'connect':
      return `The backend ${backend} cannot be reached${code === '' ? '' : ` (${code})`}. ${connectAdvice(code)}`;
    case 'connectTimeout':
      return `The backend ${backend} did not accept the connection in time.`;
    case 'timeout':
      return `The backend ${backend} sent no response within ${seconds} s (setting backendTimeoutSeconds).`;
    case 'closed':
      return `The backend ${backend} closed the connection before it answered.`;
    case 'protocol':
      return `The backend ${backend} answered something that is not HTTP/1.1${code === '' ? '' : ` (${code})`}.`;
  }
};

const connectAdvice = (code: string): string => {
  if (code === 'ECONNREFUSED') return 'Start it, or change the backend of the API.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Its host name has no address.';
  if (/CERT|SELF_SIGNED|ISSUER|VERIFY/.test(code)) return 'Add its authority to the API (backendCa).';
  return 'Check the backend of the API.';
};
