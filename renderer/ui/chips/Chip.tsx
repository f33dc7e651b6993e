import { ArrowRight, CircleAlert, X } from 'lucide-react';
import { type KeyboardEvent, memo } from 'react';
import styles from './ChipsInput.module.css';
import type { ChipVerdict } from './chips.ts';

interface ChipProps {
  readonly text: string;
  readonly index: number;
  readonly check: (text: string) => ChipVerdict;
  readonly disabled: boolean;
  readonly onRemove: (text: string, index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>, text: string, index: number) => void;
}

/** One chip of a ChipsInput. The arrow keys reach its remove button, its only focus stop. */
export const Chip = memo(({ text, index, check, disabled, onRemove, onKeyDown }: ChipProps) => {
  const verdict = check(text);
  const problem = verdict.ok ? undefined : verdict.problem;
  const becomes = verdict.ok && verdict.becomes !== text ? verdict.becomes : undefined;
  return (
    <li className={styles.chip} data-tone={verdict.ok ? 'accent' : 'danger'} title={problem}>
      {!verdict.ok && <CircleAlert aria-hidden size={12} />}
      <span className={styles.text}>{text}</span>
      {becomes !== undefined && (
        <span className={styles.becomes}>
          <ArrowRight aria-label="becomes" size={11} />
          {becomes}
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        className={styles.remove}
        disabled={disabled}
        aria-label={problem === undefined ? `Remove ${text}` : `Remove ${text}. ${problem}`}
        onClick={() => onRemove(text, index)}
        onKeyDown={(event) => onKeyDown(event, text, index)}
      >
        <X aria-hidden size={12} />
      </button>
    </li>
  );
});
