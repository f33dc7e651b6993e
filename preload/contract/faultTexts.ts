import type { FaultKind, FaultRoute } from './faults.ts';

/** Each kind of fault as window and palette name it, and what the client sees. */
export const faultKindTexts: Readonly<Record<FaultKind, { readonly label: string; readonly effect: string }>> = {
  invalid_grant: { label: '400 invalid_grant', effect: 'As for a wrong password or a used refresh token.' },
  invalid_client: { label: '401 invalid_client', effect: 'As for a wrong consumer key or secret.' },
  expired: { label: '401 expired token', effect: 'As for a token that has expired.' },
  throttled: { label: '429 too many requests', effect: 'As for a used-up quota, with the header Retry-After.' },
  server_error: { label: '500 internal error', effect: 'As when the server fails.' },
  unavailable: { label: '503 unavailable', effect: 'As when the server is overloaded or restarts.' },
  delay: { label: 'Delay', effect: 'The true reply, some seconds late.' },
  cut: { label: 'Cut connection', effect: 'The connection closes without a reply.' },
  malformed: { label: 'Malformed body', effect: 'A reply whose body is cut short.' },
};

/** The routes that a fault can choose. */
export const faultRouteTexts: Readonly<Record<FaultRoute, string>> = {
  token: '/token',
  revoke: '/revoke',
  introspect: '/introspect',
  userinfo: '/userinfo',
  gateway: 'Gateway',
};
