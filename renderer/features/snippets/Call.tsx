import type { SnippetCall } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { type SnippetInput, useSnippet } from '../../store/snippets.ts';
import { Banner } from '../../ui/Banner.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Api } from './Api.tsx';
import styles from './Call.module.css';
import { Command } from './Command.tsx';
import { Endpoint } from './Endpoint.tsx';
import { NoKeys } from './NoKeys.tsx';
import { NoPassword } from './NoPassword.tsx';
import { NoToken } from './NoToken.tsx';
import { Notes } from './Notes.tsx';
import { UsedToken } from './UsedToken.tsx';
import { ownerOf, type Target } from './useTarget.ts';
import { Whose } from './Whose.tsx';
import { Writing } from './Writing.tsx';

interface CallProps {
  readonly call: SnippetCall;
  readonly target: Target;
}

/** What to ask for, as far as it is known. */
function useInput({ call, target }: CallProps): SnippetInput | undefined {
  const { shell, secrets, insecure, api } = useKeyfobState((state) => state.snippets);
  const { device, scope, tokenId } = target;
  if (target.keySet === undefined || (call === 'api' && api.url === '')) return undefined;
  return {
    ...ownerOf(target),
    ...{ call, scope, shell, secrets, insecure },
    ...(device !== undefined && { device }),
    ...(call !== 'token' && tokenId !== undefined && { token: String(tokenId) }),
    ...(call === 'api' && api),
  };
}

/** One call of the selection: for whom, how it is written, the command, and what stands in its way. */
export const Call = ({ call, target }: CallProps) => {
  const secrets = useKeyfobState((state) => state.snippets.secrets);
  const noUrl = useKeyfobState((state) => state.snippets.api.url === '') && call === 'api';
  const { keySet, tokenId, user } = target;
  const nothingToRefresh = call === 'refresh' && user === undefined && tokenId === undefined;
  const wanted = useInput({ call, target });
  const input = nothingToRefresh ? undefined : wanted;
  const { snippet, error, again, fetchText } = useSnippet(input);

  const faultAt = (path: string) => error?.details.fields?.find((field) => field.path === path)?.message;
  const beside = ['scope', 'device', 'url'].some((path) => faultAt(path) !== undefined);
  const noToken = call !== 'token' && snippet !== undefined && snippet.tokenId === undefined;
  const noPassword = call === 'token' && secrets === 'real' && user?.hasPassword === false;
  const written = input !== undefined && error === undefined && !noPassword && !(noToken && secrets === 'real');
  return (
    <div className={styles.root}>
      <Whose target={target} faultAt={faultAt} />
      {call === 'api' && <Api fault={faultAt('url')} />}
      <Writing />
      {call !== 'api' && <Endpoint />}
      {keySet === undefined && <NoKeys target={target} />}
      {keySet?.state === 'REVOKED' && (
        <Banner tone="warn" title="These keys are revoked.">
          The endpoint refuses them until their secret is regenerated.
        </Banner>
      )}
      {keySet !== undefined && nothingToRefresh && (
        <Banner title="Application tokens have no refresh token.">Choose a user above to refresh a user token.</Banner>
      )}
      {keySet !== undefined && noUrl && <Banner title="Which API?">Type its URL above.</Banner>}
      {noPassword && <NoPassword user={user} />}
      {noToken && <NoToken target={target} call={call} />}
      {error !== undefined && !beside && <ErrorNote title={error.message} />}
      {snippet?.tokenId !== undefined && (
        <UsedToken tokenId={snippet.tokenId} picked={tokenId !== undefined} onOver={again} />
      )}
      {written && (
        <Command key={JSON.stringify(input)} snippet={snippet} fetchText={fetchText} secret={secrets === 'real'} />
      )}
      {written && snippet !== undefined && <Notes target={target} snippet={snippet} />}
    </div>
  );
};
