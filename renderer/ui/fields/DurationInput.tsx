import { useState } from 'react';
import { formatDuration, never, parseDuration } from '../facts/duration.ts';
import { formatInstant } from '../facts/instant.ts';
import styles from './DurationInput.module.css';
import { TextInput } from './TextInput.tsx';

interface DurationInputProps {
  /** Seconds. Negative means never. `undefined` while the text is invalid. */
  readonly value: number | undefined;
  readonly onChange: (seconds: number | undefined) => void;
  /** Called after `onChange` when a suggested lifetime is pressed. */
  readonly onPreset?: (seconds: number) => void;
  /** Start of the lifetime in milliseconds. Without it, no expiry date is shown. */
  readonly nowMs?: number | undefined;
  /** Suggested lifetimes in seconds. */
  readonly presets?: readonly number[];
  readonly allowNever?: boolean;
  readonly disabled?: boolean;
  readonly onBlur?: () => void;
  readonly 'aria-label'?: string;
}

const usual: readonly number[] = [300, 900, 3600, 86_400, 2_592_000];

const textOf = (seconds: number | undefined): string => (seconds === undefined ? '' : formatDuration(seconds));

/** A lifetime in words, with its expiry date. */
export const DurationInput = (props: DurationInputProps) => {
  const { value, onChange, onPreset, nowMs, presets = usual, allowNever = true, disabled = false, onBlur } = props;
  const [draft, setDraft] = useState<{ text: string; seconds: number | undefined }>();
  // Typed text stays while it means the value. A value set from outside is written out.
  const text = draft !== undefined && draft.seconds === value ? draft.text : textOf(value);
  const parsed = parseDuration(text, allowNever);
  const problem = 'problem' in parsed ? parsed.problem : undefined;
  const take = (next: string) => {
    const read = parseDuration(next, allowNever);
    const seconds = 'seconds' in read ? read.seconds : undefined;
    setDraft({ text: next, seconds });
    onChange(seconds);
  };
  const ends = () => {
    if (problem !== undefined)
      return text.trim() !== '' ? '' : allowNever ? '15m, 1 h, 2 days or never' : '15m, 1 h or 2 days';
    if (value === undefined) return '';
    if (value < 0) return 'Never expires';
    return nowMs === undefined ? formatDuration(value) : `Expires ${formatInstant(nowMs + value * 1000)}`;
  };
  const choices = allowNever ? [...presets, never] : presets;
  return (
    <div className={styles.root}>
      <TextInput
        {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
        value={text}
        disabled={disabled}
        onChange={(event) => take(event.target.value)}
        onBlur={() => {
          if (problem === undefined) setDraft(undefined);
          onBlur?.();
        }}
        after={<span>{ends()}</span>}
        className={styles.input ?? ''}
      />
      <p role="status" className={styles.problem}>
        {text.trim() === '' ? undefined : problem}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a second group around the field */}
      <div role="group" aria-label="Usual lifetimes" className={styles.presets}>
        {choices.map((seconds) => (
          <button
            key={seconds}
            type="button"
            disabled={disabled}
            aria-pressed={seconds === value}
            className={styles.preset}
            onClick={() => {
              setDraft(undefined);
              onChange(seconds);
              onPreset?.(seconds);
            }}
          >
            {seconds < 0 ? 'Never' : formatDuration(seconds)}
          </button>
        ))}
      </div>
    </div>
  );
};
