import { useEffect, useRef, useState } from 'react';
import type { SnippetCall } from '../../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { type Run, useRun } from '../../../store/hooks/topics/useRun.ts';
import { useRunAction } from '../../../store/hooks/window/useCommands.ts';
import type { RunnableInput } from '../../../store/topics/snippets.ts';

interface Shown {
  readonly call: SnippetCall;
  /** The shown command; undefined while none is shown. */
  readonly input: RunnableInput | undefined;
  /** The token that it uses. */
  readonly tokenId: number | undefined;
  /** Whether the command can run now; undefined while that is not known. */
  readonly ready: boolean | undefined;
  /** Whether the focus is in the pane. */
  readonly isHere: boolean;
}

export interface PaneRun extends Run {
  /** Runs the shown command. Absent while it cannot run. */
  readonly press: (() => void) | undefined;
  /** Counts the queued runs whose button takes the focus. */
  readonly focusTurn: number;
}

/** Changes of these are another call. Client, shell, secrets and token are not: the reply stays. */
const subjectOf = (input: RunnableInput | undefined): string | undefined => {
  if (input === undefined) return undefined;
  const { client: _, shell: __, secrets: ___, token: ____, insecure: _____, ...call } = input;
  return JSON.stringify(call);
};

/** Runs the shown call: by button, by keys, or because another part of the window queued it. */
export function usePaneRun({ call, input, tokenId, ready, isHere }: Shown): PaneRun {
  const run = useRun();
  const { start, forget } = run;
  const { queued, unqueue } = useKeyfobState((state) => state.snippets);
  const press = input !== undefined && ready === true ? () => start(input, tokenId) : undefined;
  useRunAction(press, isHere);

  const subject = subjectOf(input);
  const last = useRef(subject);
  useEffect(() => {
    if (subject === undefined || subject === last.current) return;
    if (last.current !== undefined) forget();
    last.current = subject;
  }, [subject, forget]);

  const [focusTurn, setFocusTurn] = useState(0);
  useEffect(() => {
    if (queued?.call !== call || ready === undefined) return;
    unqueue();
    press?.();
    if (queued.takesFocus) setFocusTurn((before) => before + 1);
  });
  return { ...run, press, focusTurn };
}
