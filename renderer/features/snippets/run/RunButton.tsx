import { Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useKeymap } from '../../../store/hooks/window/window.ts';
import { shownKeys } from '../../../store/window/keys/keyPress.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Tooltip } from '../../../ui/overlays/Tooltip.tsx';
import type { PaneRun } from './usePaneRun.ts';

interface RunButtonProps {
  readonly run: Pick<PaneRun, 'running' | 'press' | 'focusTurn'>;
  /** Why it does nothing. */
  readonly whyNot?: string | undefined;
}

/** Runs the shown command from this window. */
export const RunButton = ({ run, whyNot }: RunButtonProps) => {
  const { keymap } = useKeymap();
  const button = useRef<HTMLButtonElement>(null);
  const { running, press, focusTurn } = run;
  useEffect(() => {
    if (focusTurn > 0) button.current?.focus();
  }, [focusTurn]);
  return (
    <Tooltip content={whyNot ?? `Run it from here (${shownKeys(keymap.run[0] ?? '')})`}>
      <Button
        ref={button}
        size="small"
        icon={Play}
        loading={running}
        aria-disabled={press === undefined}
        onClick={() => press?.()}
      >
        Run
      </Button>
    </Tooltip>
  );
};
