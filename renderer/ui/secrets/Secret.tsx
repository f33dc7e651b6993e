import { Eye, EyeOff } from 'lucide-react';
import { type MouseEvent, type PointerEvent, useRef } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import { CopyButton } from './CopyButton.tsx';
import styles from './Secret.module.css';
import { useRevealed } from './useRevealed.ts';

interface SecretProps {
  /** Name of the secret: "consumer secret". */
  readonly label: string;
  /** Fetches the value for each reveal and copy. Its error message is shown. */
  readonly reveal: () => Promise<string>;
  /** The value's last characters, if they are known without revealing it. */
  readonly last4?: string | undefined;
  /** Presenting: nothing is shown, even on a press. */
  readonly concealed?: boolean;
  readonly canCopy?: boolean;
  readonly maskAfterMs?: number;
}

/** A fixed number of dots, as their number would tell the length. */
const dots = '•'.repeat(12);

/** Milliseconds. A longer press is a peek, which ends on release. */
const holdMs = 350;

/** A masked secret. A press on the eye shows it, holding the eye shows it while held. It hides again automatically. */
export const Secret = ({
  label,
  reveal,
  last4,
  concealed = false,
  canCopy = true,
  maskAfterMs = 30_000,
}: SecretProps) => {
  const { revealed, show, hide } = useRevealed(reveal, concealed, maskAfterMs);
  /** Start of the press that shows it. */
  const pressedAt = useRef<number>(undefined);
  const open = revealed.state !== 'masked';
  const press = (event: PointerEvent<HTMLButtonElement>) => {
    pressedAt.current = undefined;
    if (event.button !== 0 || open || concealed) return;
    pressedAt.current = event.timeStamp;
    event.currentTarget.setPointerCapture(event.pointerId);
    void show();
  };
  const letGo = (event: PointerEvent<HTMLButtonElement>) => {
    if (pressedAt.current !== undefined && event.timeStamp - pressedAt.current > holdMs) hide();
  };
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    // The press has already shown it. Enter and Space come without one, and `detail` tells them apart.
    if (event.detail > 0 && pressedAt.current !== undefined) return;
    if (open) hide();
    else void show();
  };
  return (
    <span className={styles.root}>
      <span className={styles.value} data-state={revealed.state}>
        {revealed.state === 'shown' ? (
          revealed.value
        ) : revealed.state === 'failed' ? (
          <span role="alert">{revealed.problem}</span>
        ) : (
          <>
            <span aria-hidden>
              {dots}
              {!concealed && last4}
            </span>
            <VisuallyHidden>{`${label}, hidden`}</VisuallyHidden>
          </>
        )}
      </span>
      <IconButton
        icon={open ? EyeOff : Eye}
        name={open ? `Hide the ${label}` : `Show the ${label}`}
        hint={concealed ? 'Hidden while presenting' : open ? 'Hide' : 'Show, or hold to peek'}
        size="small"
        aria-disabled={concealed}
        onPointerDown={press}
        onPointerUp={letGo}
        onPointerCancel={hide}
        onClick={click}
      />
      {canCopy && <CopyButton getText={reveal} what={label} secret />}
    </span>
  );
};
