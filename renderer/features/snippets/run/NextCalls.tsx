import { RotateCcw, ScanSearch, Send } from 'lucide-react';
import type { SnippetCall } from '../../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import type { ShownReply } from '../../../store/hooks/topics/useRun.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { ownerOf, type Target } from '../useTarget.ts';

interface NextCallsProps {
  readonly call: SnippetCall;
  readonly target: Target;
  readonly reply: Pick<ShownReply, 'status' | 'tokenId'>;
}

/** Queues a call with a token. A pane that shows one token then shows this one. */
function useNextCall() {
  const { lookedAt, look } = useKeyfobState((state) => state.windowContext);
  const queueRun = useKeyfobState((state) => state.snippets.queueRun);
  return (call: SnippetCall, tokenId: number) => {
    if (lookedAt?.tokenId !== undefined) look({ ...lookedAt, tokenId });
    queueRun(call, true);
  };
}

/** Mints the token of the target again, and repeats the call with it. */
const MintAgain = ({ target }: Pick<NextCallsProps, 'target'>) => {
  const next = useNextCall();
  const issue = useCall('tokens.issue');
  const mint = useCall('devices.mint');
  const { device, scope } = target;
  const press = async () => {
    const owner = ownerOf(target);
    const minted =
      device === undefined
        ? await issue.run({ ...owner, scope })
        : (await mint.run({ ...owner, device: [device], scope }))?.items[0];
    if (minted !== undefined) next('api', minted.id);
  };
  const error = issue.error ?? mint.error;
  return (
    <>
      <Button size="small" icon={RotateCcw} loading={issue.pending || mint.pending} onClick={() => void press()}>
        Mint again and retry
      </Button>
      {error !== undefined && <ErrorNote title={error.message} />}
    </>
  );
};

/** Whether some calls make sense after a reply. */
export const hasNext = (call: SnippetCall, { status, tokenId }: ShownReply): boolean =>
  tokenId !== undefined || (call === 'api' && status === 401);

/** The calls that make sense after a reply. */
export const NextCalls = ({ call, target, reply: { status, tokenId } }: NextCallsProps) => {
  const next = useNextCall();
  if (call === 'api' && status === 401) return <MintAgain target={target} />;
  if (tokenId === undefined) return null;
  return (
    <>
      <Button size="small" icon={ScanSearch} onClick={() => next('introspect', tokenId)}>
        Introspect it
      </Button>
      <Button size="small" icon={Send} onClick={() => next('api', tokenId)}>
        Call the API with it
      </Button>
    </>
  );
};
