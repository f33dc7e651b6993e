import { KeyfobError } from '../../preload/contract/errors.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Codes of OpenSSL and Node for a certificate that is not trusted. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS/;

const messageOf = (code: string, where: string): string => {
  if (code === 'ECONNREFUSED') return `Nothing listens at ${where}. Start it, then run the call again.`;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') {
    return `${where} closed the connection before it answered. Look into its log, then run the call again.`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return `The certificate of ${where} has expired. Restart that server, or skip the check (-k).`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of ${where} is for other names. Call it by a name in its certificate, or skip the check (-k).`;
  }
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return `${where} does not speak HTTPS. Use http:// in the URL.`;
  }
  if (code.startsWith('HPE_')) return `${where} did not answer in HTTP. Use https:// in the URL, or check the port.`;
  if (untrusted.test(code)) {
    return `The certificate of ${where} is not trusted. Trust its authority, or skip the check (-k).`;
  }
  return `The call to ${where} failed (${code || 'unknown error'}). Check the URL, then run the call again.`;
};

/** The `call_failed` error of a call without an answer. `where` is host and port. */
export const callFailure = (error: unknown, where: string): KeyfobError =>
  new KeyfobError('call_failed', messageOf(codeOf(error), where), {}, { cause: error });

/** The `call_failed` error of a call that took too long. */
export const tooLate = (where: string, seconds: number): KeyfobError =>
  new KeyfobError(
    'call_failed',
    `${where} did not answer within ${seconds} seconds. Check that it runs, then run the call again.`,
  );
