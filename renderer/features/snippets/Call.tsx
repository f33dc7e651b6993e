import { useRef } from 'react';
import type { SnippetCall } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useSnippet } from '../../store/hooks/useSnippet.ts';
import type { SnippetInput } from '../../store/topics/snippets.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Api } from './Api.tsx';
import { apiUrl } from './apiUrl.ts';
import styles from './Call.module.css';
import { Command } from './Command.tsx';
import { Notes } from './Notes.tsx';
import { EndpointStopped, NoKeys, NoPassword, NoToken } from './Obstacles.tsx';
import rows from './rows.module.css';
import { UsedToken } from './UsedToken.tsx';
import { ownerOf, type Target } from './useTarget.ts';
import { Writing } from './Writing.tsx';

interface ScopesProps {
  readonly target: Target;
  readonly fault: string | undefined;
}

/** The scopes that a command requests, in addition to the device's. */
const Scopes = ({ target, fault }: ScopesProps) => (
  <div className={rows.rows}>
    <Field label="Scopes" beside error={fault}>
      <TextInput
        mono
        placeholder="space-separated"
        value={target.scope}
        onChange={(event) => target.chooseScope(event.target.value)}
      />
    </Field>
  </div>
);

interface CallProps {
  readonly call: SnippetCall;
  readonly target: Target;
}

/** The API's URL. While the text is invalid, the previous URL, which is `stale`. */
function useUrl() {
  const typed = useKeyfobState((state) => state.snippets.api.url);
  const url = apiUrl(typed);
  const last = useRef(url);
  if (url !== undefined) last.current = url;
  return { url: typed === '' ? undefined : last.current, isStale: typed !== '' && url === undefined };
}

/** Gives the parameters of the call, as far as they are known. */
function useInput({ call, target }: CallProps, url: string | undefined): SnippetInput | undefined {
  const { shell, secrets, insecure, api } = useKeyfobState((state) => state.snippets);
  const { device, scope, tokenId } = target;
  if (target.keySet === undefined || (call === 'api' && url === undefined)) return undefined;
  return {
    ...ownerOf(target),
    ...{ call, scope, shell, secrets, insecure },
    ...(device !== undefined && { device }),
    ...(call !== 'token' && tokenId !== undefined && { token: String(tokenId) }),
    ...(call === 'api' && { method: api.method, url }),
  };
}

/** One call of the target: its options, its command, and whatever prevents it. */
export const Call = ({ call, target }: CallProps) => {
  const secrets = useKeyfobState((state) => state.snippets.secrets);
  const { url, isStale } = useUrl();
  const noUrl = url === undefined && call === 'api';
  const { keySet, tokenId, user } = target;
  const pick = useKeyfobState((state) => state.windowContext.pick);
  const nothingToRefresh = call === 'refresh' && target.username === undefined;
  const wanted = useInput({ call, target }, url);
  const input = nothingToRefresh ? undefined : wanted;
  const { snippet, error, again, fetchText } = useSnippet(input);

  const faultAt = (path: string) => error?.details.fields?.find((field) => field.path === path)?.message;
  const noToken = call !== 'token' && snippet !== undefined && snippet.tokenId === undefined;
  const noPassword = call === 'token' && secrets === 'real' && user?.hasPassword === false;
  const written = input !== undefined && error === undefined && !noPassword && !(noToken && secrets === 'real');
  return (
    <div className={styles.root}>
      <Scopes target={target} fault={faultAt('scope')} />
      {call === 'api' && <Api />}
      <Writing />
      {call !== 'api' && <EndpointStopped />}
      {keySet === undefined && <NoKeys target={target} />}
      {keySet?.state === 'REVOKED' && (
        <Banner tone="warn" title="These keys are revoked.">
          The endpoint refuses them until you regenerate their secret.
        </Banner>
      )}
      {keySet !== undefined && nothingToRefresh && (
        <Banner
          title="Application tokens have no refresh token."
          actions={
            <Button size="small" onClick={() => pick('user')}>
              Choose a user
            </Button>
          }
        >
          User tokens have one.
        </Banner>
      )}
      {keySet !== undefined && noUrl && <Banner title="Enter the API's URL to get a command." />}
      {noPassword && <NoPassword user={user} />}
      {noToken && <NoToken target={target} call={call} />}
      {error !== undefined && faultAt('scope') === undefined && <ErrorNote title={error.message} />}
      {snippet?.tokenId !== undefined && (
        <UsedToken tokenId={snippet.tokenId} picked={tokenId !== undefined} onOver={again} />
      )}
      {written && (
        // A stale command can't be copied, as it calls the previous URL.
        <div className={styles.command} inert={call === 'api' && isStale}>
          <Command key={JSON.stringify(input)} snippet={snippet} fetchText={fetchText} secret={secrets === 'real'} />
        </div>
      )}
      {written && snippet !== undefined && <Notes target={target} snippet={snippet} />}
    </div>
  );
};
