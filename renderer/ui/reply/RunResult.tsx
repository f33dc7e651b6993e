import { type ReactNode, useEffect, useState } from 'react';
import { ErrorNote } from '../feedback/ErrorNote.tsx';
import { Progress } from '../feedback/Progress.tsx';
import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './Reply.module.css';
import { Reply, type ReplyProps } from './Reply.tsx';

interface RunResultProps extends Omit<ReplyProps, 'reply'> {
  readonly running: boolean;
  readonly onStop: () => void;
  readonly reply: ReplyProps['reply'] | undefined;
  /** Why the call got no reply, and what to do. */
  readonly problem: string | undefined;
  /** Buttons that solve the problem. */
  readonly solutions?: ReactNode;
}

/** Most calls take a few milliseconds: a progress line would only flicker. */
const shownAfterMs = 400;

function useIsSlow(running: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(() => setSlow(true), shownAfterMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [running]);
  return running && slow;
}

/** The progress of a call, then its reply or the reason why it got none. */
export const RunResult = ({ running, onStop, reply, problem, solutions, ...rest }: RunResultProps) => {
  const slow = useIsSlow(running);
  return (
    <div className={styles.result}>
      {slow && <Progress label="Waiting for the reply" onCancel={onStop} cancelLabel="Stop" />}
      {problem !== undefined && <ErrorNote title={problem} actions={solutions} />}
      {reply !== undefined && <Reply reply={reply} {...rest} />}
      {/* Announces the outcome without the body. */}
      <div role="status">
        {reply !== undefined && (
          <VisuallyHidden>
            {[`Reply: ${reply.status} ${reply.statusText}.`, reply.why].filter(Boolean).join(' ')}
          </VisuallyHidden>
        )}
      </div>
    </div>
  );
};
