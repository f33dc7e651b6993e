const storageKey = 'keyfob.session';

/** Why there is no session. `used`: the address was opened before or is too old. `silent`: Keyfob did not answer. */
export interface Refused {
  readonly refused: 'used' | 'silent';
}

/** The bearer to send, or why there is none. */
type Session = { readonly bearer: string } | Refused;

async function exchange(token: string): Promise<Session> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      cache: 'no-store',
      credentials: 'omit',
    });
    if (!response.ok) return { refused: 'used' };
    const { bearer }: { readonly bearer?: unknown } = await response.json();
    return typeof bearer === 'string' ? { bearer } : { refused: 'used' };
  } catch {
    return { refused: 'silent' };
  }
}

/**
 * Opens the session of this page. Exchanges the one-time token in the fragment for a bearer, and removes it from address and
 * history. A reload finds the bearer in `sessionStorage`, which other tabs can't read.
 */
export async function openSession(): Promise<Session> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) {
    history.replaceState(null, '', location.pathname);
    const session = await exchange(token);
    if ('bearer' in session) sessionStorage.setItem(storageKey, session.bearer);
    if ('bearer' in session || session.refused === 'silent') return session;
  }
  const bearer = sessionStorage.getItem(storageKey);
  return bearer === null ? { refused: 'used' } : { bearer };
}

/** Removes a session that is no longer accepted. */
export function forgetSession(): void {
  sessionStorage.removeItem(storageKey);
}
