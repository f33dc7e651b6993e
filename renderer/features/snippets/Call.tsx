import { useEffect, useRef } from 'react';
import type { RunnableCall, SnippetTarget } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { faultAt } from '../../store/core/resource.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useSnippet } from '../../store/hooks/topics/useSnippet.ts';
import { usePresenting } from '../../store/hooks/window/window.ts';
import type { RunnableInput } from '../../store/topics/snippets.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { RunResult } from '../../ui/reply/RunResult.tsx';
import { Api } from './Api.tsx';
import { apiUrl } from './apiUrl.ts';
import styles from './Call.module.css';
import { Command } from './Command.tsx';
import { Notes } from './Notes.tsx';
import { EndpointStopped, KeysRevoked, NoKeys, NoPassword, NoToken } from './Obstacles.tsx';
import { Request } from './Request.tsx';
import { hasNext, NextCalls } from './run/NextCalls.tsx';
import { type PaneRun, usePaneRun } from './run/usePaneRun.ts';
import { ShareDialog } from './share/ShareDialog.tsx';
import { UsedToken } from './UsedToken.tsx';
import { ownerOf, type Target } from './useTarget.ts';
import { Writing } from './Writing.tsx';

interface CallProps {
  readonly call: RunnableCall;
  readonly target: Target;
  /** Whether the focus is in the pane. */
  readonly isHere: boolean;
}

/** The API's URL; `undefined` means the default one. While the text is invalid, the previous URL, which is `stale`. */
function useUrl() {
  const typed = useKeyfobState((state) => state.snippets.api.url);
  const apis = useRead('apis.list', {}).value?.items;
  const url = apiUrl(typed);
  const last = useRef(url);
  if (url !== undefined) last.current = url;
  const effective = typed === '' ? undefined : last.current;
  return {
    url: effective,
    isStale: typed !== '' && url === undefined,
    /** Whether there is no URL to call: none typed, and no API. */
    isMissing: effective === undefined && (typed !== '' || apis?.length === 0),
    /** Whether the endpoint answers there. */
    isOwn: effective === undefined || apis?.some((api) => effective.startsWith(api.url)) === true,
  };
}

/** Where the calls of provided keys go; undefined for generated keys. */
function useServerTarget({ keySet }: Target): SnippetTarget | undefined {
  const chosen = useKeyfobState((state) => state.snippets.target);
  if (keySet === undefined || keySet.server === null) return undefined;
  return keySet.servedHere ? chosen : 'server';
}

/** Gives the parameters of the call, as far as they are known. */
function useInput(
  call: RunnableCall,
  target: Target,
  { url, isMissing }: ReturnType<typeof useUrl>,
): RunnableInput | undefined {
  const { client, shell, secrets, insecure, api } = useKeyfobState((state) => state.snippets);
  const { device, scope, tokenId } = target;
  const at = useServerTarget(target);
  if (target.keySet === undefined || (call === 'api' && (isMissing || (at === 'server' && url === undefined)))) {
    return undefined;
  }
  return {
    ...ownerOf(target),
    ...{ call, scope, client, shell, secrets, insecure },
    ...(device !== undefined && { device }),
    ...(at !== undefined && { target: at }),
    ...(call !== 'token' && tokenId !== undefined && at !== 'server' && { token: String(tokenId) }),
    ...(call === 'api' && { method: api.method, ...(url !== undefined && { url }) }),
  };
}

const NothingToRefresh = () => {
  const pick = useKeyfobState((state) => state.windowContext.pick);
  return (
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
  );
};

/** The last run of the call. */
const Result = ({ call, target, run }: Omit<CallProps, 'isHere'> & { readonly run: PaneRun }) => {
  const presenting = usePresenting();
  const { reply, error } = run;
  return (
    <RunResult
      running={run.running}
      onStop={run.stop}
      reply={reply}
      problem={error?.message}
      fetchBody={run.fetchBody}
      concealed={presenting}
      onDismiss={run.forget}
      actions={reply !== undefined && hasNext(call, reply) && <NextCalls call={call} target={target} reply={reply} />}
    />
  );
};

/** One call of the target: its options, its command, whatever prevents it, and its reply. */
export const Call = ({ call, target, isHere }: CallProps) => {
  const { secrets, sharing, share, endShare } = useKeyfobState((state) => state.snippets);
  const url = useUrl();
  const { keySet, tokenId, user } = target;
  const nothingToRefresh = call === 'refresh' && target.username === undefined;
  const wanted = useInput(call, target, url);
  const input = nothingToRefresh ? undefined : wanted;
  const { snippet, error, isCurrent, again, fetchText } = useSnippet(input);

  const scopeFault = faultAt(error, 'scope');
  const isStale = call === 'api' && url.isStale;
  const toServer = useServerTarget(target) === 'server';
  const noToken = call !== 'token' && !toServer && snippet !== undefined && snippet.tokenId === undefined;
  const noPassword = call === 'token' && user?.hasPassword === false;
  const written = input !== undefined && error === undefined && !((noPassword || noToken) && secrets === 'real');
  const whyNot = snippet?.whyNoRun;
  const blocked = input === undefined || error !== undefined || noPassword || isStale || whyNot !== undefined;
  const ready = blocked ? false : isCurrent ? !noToken : undefined;
  const run = usePaneRun({ call, input, tokenId: snippet?.tokenId, ready, isHere });
  useEffect(() => {
    // A later command must not open the dialog.
    if (sharing && input === undefined) endShare();
  }, [sharing, input, endShare]);
  return (
    <div className={styles.root}>
      <Request target={target} fault={scopeFault} isToken={call === 'token'} />
      {call === 'api' && <Api />}
      <Writing keySet={keySet} />
      {(call !== 'api' || url.isOwn) && !toServer && <EndpointStopped />}
      {keySet === undefined && <NoKeys target={target} />}
      {keySet?.state === 'REVOKED' && <KeysRevoked />}
      {keySet !== undefined && nothingToRefresh && <NothingToRefresh />}
      {keySet !== undefined && call === 'api' && (url.isMissing || (toServer && url.url === undefined)) && (
        <Banner title="Enter the API's URL to get a command." />
      )}
      {noPassword && secrets === 'real' && <NoPassword user={user} />}
      {noToken && <NoToken target={target} call={call} />}
      {error !== undefined && scopeFault === undefined && <ErrorNote title={error.message} />}
      {snippet?.tokenId !== undefined && (
        <UsedToken tokenId={snippet.tokenId} picked={tokenId !== undefined} onOver={again} />
      )}
      {written && (
        // A stale command can't be copied, as it calls the previous URL.
        <div className={styles.command} inert={isStale}>
          <Command
            key={JSON.stringify(input)}
            snippet={snippet}
            fetchText={fetchText}
            secret={secrets === 'real'}
            run={run}
            onShare={share}
            whyNoRun={whyNot}
          />
        </div>
      )}
      {written && whyNot !== undefined && <p className={styles.noRun}>{whyNot}</p>}
      {written && snippet !== undefined && <Notes target={target} snippet={snippet} />}
      <Result call={call} target={target} run={run} />
      {sharing && input !== undefined && <ShareDialog call={input} keySet={keySet} onClose={endShare} />}
    </div>
  );
};
