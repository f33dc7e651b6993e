import { LogIn } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useSnippet } from '../../../store/hooks/topics/useSnippet.ts';
import { useRunAction } from '../../../store/hooks/window/useCommands.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import styles from '../Call.module.css';
import { Command } from '../Command.tsx';
import { Notes } from '../Notes.tsx';
import { EndpointStopped, KeysRevoked, NoKeys } from '../Obstacles.tsx';
import { Request } from '../Request.tsx';
import { RunButton } from '../run/RunButton.tsx';
import { ownerOf, type Target } from '../useTarget.ts';
import { Writing } from '../Writing.tsx';
import { SignInState } from './SignInState.tsx';
import { useSignIn } from './useSignIn.ts';

const loopbackCallback = 'http://127.0.0.1/callback';

/** The keys lack the grant or a callback. Adds both. */
const NoCodeFlow = ({ target, keySet }: { readonly target: Target; readonly keySet: KeySet }) => {
  const update = useCall('keys.update');
  const { application, keyType } = target;
  const allow = () =>
    update.run({
      ...{ application: application.name, keyType },
      grantTypes: [...new Set([...keySet.grantTypes, 'authorization_code' as const])],
      callbackUrl: keySet.callbackUrl || loopbackCallback,
    });
  return (
    <Banner
      title="These keys do not allow a sign-in yet."
      actions={
        <Button size="small" icon={LogIn} loading={update.pending} onClick={() => void allow()}>
          Allow it
        </Button>
      }
    >
      {update.error?.message ??
        `It needs the grant authorization_code${keySet.callbackUrl === '' ? `, and a callback like ${loopbackCallback}` : ''}.`}
    </Banner>
  );
};

const allowsCodes = ({ grantTypes, callbackUrl }: KeySet): boolean =>
  grantTypes.includes('authorization_code') && callbackUrl !== '';

interface CodeCallProps {
  readonly target: Target;
  /** Whether the focus is in the pane. */
  readonly isHere: boolean;
}

/** The code flow of the target: the address at which a person signs in, and the exchange of the code as a command. */
export const CodeCall = ({ target, isHere }: CodeCallProps) => {
  const { client, shell, secrets, insecure } = useKeyfobState((state) => state.snippets);
  const { keySet, scope, device, application, keyType, username } = target;
  const allowed = keySet !== undefined && allowsCodes(keySet);
  const subject = { ...ownerOf(target), call: 'code' as const, scope, ...(device !== undefined && { device }) };
  const input = allowed ? { ...subject, client, shell, secrets, insecure } : undefined;
  const { snippet, error, isCurrent, fetchText } = useSnippet(input);
  const { authorizeUrl } = snippet ?? {};

  const signIn = useSignIn();
  const { start, forget, running } = signIn;
  const press =
    authorizeUrl === undefined || !isCurrent
      ? undefined
      : () => {
          // The address has the device's scope too.
          const requested = new URL(authorizeUrl).searchParams.get('scope') ?? '';
          const hint = username === undefined ? {} : { username };
          start({ application: application.name, keyType, scope: requested, ...hint });
        };
  useRunAction(press, isHere);
  const shown = JSON.stringify(subject);
  const last = useRef(shown);
  useEffect(() => {
    if (last.current !== shown) forget();
    last.current = shown;
  }, [shown, forget]);
  // Without this pane nobody could see the token or cancel, so the sign-in ends with it.
  useEffect(() => forget, [forget]);

  return (
    <div className={styles.root}>
      <Request target={target} isToken />
      <Writing keySet={undefined} />
      <EndpointStopped />
      {keySet === undefined && <NoKeys target={target} />}
      {keySet?.state === 'REVOKED' && <KeysRevoked />}
      {keySet !== undefined && !allowed && <NoCodeFlow target={target} keySet={keySet} />}
      {error !== undefined && <ErrorNote title={error.message} />}
      {snippet !== undefined && authorizeUrl !== undefined && (
        <>
          <CodeBlock
            label="sign-in address"
            text={authorizeUrl}
            copyLabel="Copy"
            wrap
            after={<RunButton run={{ running, press, focusTurn: 0 }} />}
          />
          <SignInState signIn={signIn} target={target} />
          <div className={styles.command}>
            <Command
              key={shown}
              snippet={snippet}
              fetchText={fetchText}
              secret={secrets === 'real' && keySet?.publicClient === false}
            />
          </div>
          <Notes
            target={target}
            snippet={{ ...snippet, notes: snippet.notes.filter((note) => !note.includes(authorizeUrl)) }}
          />
        </>
      )}
    </div>
  );
};
