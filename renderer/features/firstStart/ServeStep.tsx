import { CircleCheck } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { DefinitionList } from '../../ui/layout/DefinitionList.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { Steps } from '../../ui/stage/Steps.tsx';
import styles from './ServeStep.module.css';
import { doneAt, stepTitles } from './steps.ts';

interface ServeStepProps {
  readonly onBack: (() => void) | undefined;
  readonly onDone: () => void;
}

/** Starts the endpoint and saves its port. Calls `onDone` when it runs. */
function useStart(onDone: () => void) {
  const start = useCall('endpoint.start');
  const save = useCall('settings.write');
  const free = start.error?.details.port?.free;
  const busy = start.pending || save.pending;
  const serve = async (port?: number) => {
    if (busy) return;
    const started = await start.run(port === undefined ? {} : { port });
    if (started === undefined) return;
    // Otherwise the next start would find the port taken again, and every exported command would name another.
    if (port !== undefined && (await save.run({ port })) === undefined) return;
    onDone();
  };
  return { start, save, free, busy, serve };
}

interface CopiedLineProps {
  readonly text: string;
  readonly what: string;
  /** Whether it has a copy button. */
  readonly copies?: boolean;
}

const CopiedLine = ({ text, what, copies = true }: CopiedLineProps) => (
  <span className={styles.line}>
    <code className={styles.code}>{text}</code>
    {copies && <CopyButton getText={() => text} what={what} />}
  </span>
);

/** Step 2: starts the endpoint. Names a taken port and offers a free one. */
export const ServeStep = ({ onBack, onDone }: ServeStepProps) => {
  const status = useRead('endpoint.status', {}).value;
  const wanted = useRead('settings.read', {}).value?.port;
  const { start, save, free, busy, serve } = useStart(onDone);
  const running = status?.running === true;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (running) onDone();
    else void serve(free);
  };
  const url = status?.tokenUrl ?? `https://localhost:${wanted === 0 ? '<a free port>' : (wanted ?? '…')}/token`;
  const trust = `curl --cacert ${status?.caFile ?? '…'}`;
  return (
    <Stage
      title={running ? 'Endpoint is running' : 'Start the endpoint'}
      description="Your commands and apps get tokens from the endpoint, an OAuth2 server on this computer. It works offline."
      above={<Steps titles={stepTitles} done={doneAt.serve} />}
    >
      <StageForm
        onSubmit={submit}
        focus='button[type="submit"]'
        aside={
          onBack && (
            <Button size="large" onClick={onBack}>
              Back
            </Button>
          )
        }
        buttons={
          <>
            {!running && (
              <Button look="ghost" size="large" onClick={onDone}>
                Later
              </Button>
            )}
            {!running && free !== undefined && (
              <Button size="large" loading={busy} onClick={() => void serve()}>
                Try {start.error?.details.port?.taken} again
              </Button>
            )}
            <Button type="submit" look="primary" size="large" loading={busy}>
              {running ? 'Continue' : free === undefined ? 'Start the endpoint' : `Use port ${free}`}
            </Button>
          </>
        }
      >
        {running && (
          <p className={styles.running} role="status">
            <CircleCheck aria-hidden size={16} />
            Only reachable from this computer.
          </p>
        )}
        {!running && start.error !== undefined && (
          <ErrorNote title="The endpoint did not start.">{start.error.message}</ErrorNote>
        )}
        {save.error !== undefined && <ErrorNote title="The port was not saved.">{save.error.message}</ErrorNote>}
        <DefinitionList
          items={[
            { term: 'Token URL', value: <CopiedLine text={url} what="token URL" copies={running} /> },
            { term: 'Trust it with', value: <CopiedLine text={trust} what="curl option" /> },
          ]}
        />
      </StageForm>
    </Stage>
  );
};
