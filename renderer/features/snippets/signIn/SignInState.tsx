import { ExternalLink, LogIn, X } from 'lucide-react';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { NextCalls } from '../run/NextCalls.tsx';
import type { Target } from '../useTarget.ts';
import type { SignIn } from './useSignIn.ts';

interface SignInStateProps {
  readonly signIn: SignIn;
  readonly target: Target;
}

/** A sign-in that waits for a person, or its token, or the reason why it gave none. */
export const SignInState = ({ signIn, target }: SignInStateProps) => {
  const { url, token, error, open, stop } = signIn;
  if (url !== undefined) {
    return (
      <Banner
        icon={LogIn}
        title="Waiting for you to sign in in the browser…"
        actions={
          <>
            <Button size="small" icon={ExternalLink} onClick={open}>
              Open again
            </Button>
            <CopyButton getText={() => url} what="address" label="Copy the address" />
            <Button size="small" icon={X} onClick={stop}>
              Cancel
            </Button>
          </>
        }
      />
    );
  }
  if (error !== undefined) return <ErrorNote title={error.message} />;
  if (token === undefined) return null;
  const { id, why, idToken } = token;
  return (
    <Banner
      tone="good"
      title="Signed in."
      actions={
        <>
          {idToken !== undefined && (
            <CopyButton getText={() => idToken} what="ID token" label="Copy the ID token" secret />
          )}
          <NextCalls call="code" target={target} reply={{ status: 200, tokenId: id }} />
        </>
      }
    >
      <a href={hrefOf({ screen: 'tokens', token: String(id) })}>Token {id}</a>. {why}
    </Banner>
  );
};
