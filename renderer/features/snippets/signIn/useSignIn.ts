import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { AuthorizedToken } from '../../../../preload/contract/tokens.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';

/** The token of a sign-in. Only the ID token is kept, because nothing can read it again. */
export type SignedInToken = Pick<AuthorizedToken, 'id' | 'why' | 'idToken'>;

export interface SignIn {
  start(input: InputOf<MethodOf<'tokens.authorize'>>): void;
  /** Opens the sign-in page again. */
  open(): void;
  stop(): void;
  /** Drops the token and the error, and stops a sign-in that runs. */
  forget(): void;
  readonly running: boolean;
  /** The address of the sign-in page, while a person signs in there. */
  readonly url: string | undefined;
  readonly token: SignedInToken | undefined;
  readonly error: KeyfobError | undefined;
}

/** Opens a page in the browser: in a new tab, or from the desktop window in the system's browser. */
const openPage = (url: string) => {
  window.open(url, '_blank', 'noopener');
};

/** Signs in, one sign-in at a time: opens the page once, and waits for the token. */
export function useSignIn(): SignIn {
  const { run, pending, progress, error, cancel, reset } = useCall('tokens.authorize');
  const [token, setToken] = useState<SignedInToken>();
  const url = pending ? progress?.openUrl : undefined;
  const opened = useRef<string>(undefined);
  useEffect(() => {
    if (url === undefined || opened.current === url) return;
    opened.current = url;
    openPage(url);
  }, [url]);

  const start = useCallback(
    (input: InputOf<MethodOf<'tokens.authorize'>>) => {
      setToken(undefined);
      void run(input).then((issued) => {
        if (issued === undefined) return;
        const { id, why, idToken } = issued;
        setToken({ id, why, idToken });
      });
    },
    [run],
  );
  const forget = useCallback(() => {
    cancel();
    setToken(undefined);
    reset();
  }, [cancel, reset]);
  const open = () => {
    if (url !== undefined) openPage(url);
  };
  return { start, open, stop: cancel, forget, running: pending, url, token, error };
}
