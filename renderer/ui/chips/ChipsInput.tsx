import { type ClipboardEvent, type KeyboardEvent, useId } from 'react';
import { Suggestions, useSuggestions } from '../choices/Suggestions.tsx';
import { classes } from '../classes.ts';
import { countOf, formatCount } from '../facts/count.ts';
import { useFieldControl } from '../fields/fieldContext.ts';
import { Chip } from './Chip.tsx';
import styles from './ChipsInput.module.css';
import { type ChipVerdict, separators } from './chips.ts';
import { useChips } from './useChips.ts';

interface ChipsInputProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** Checks one chip. Keep the function the same between renders, so that a thousand chips are checked once. */
  readonly check: (text: string) => ChipVerdict;
  /** A chip's noun in singular and plural: ["device", "devices"]. */
  readonly nouns: readonly [one: string, many: string];
  /** A prefix that every chip gets. It is removed from typed words, with a notice. */
  readonly prefix?: string;
  readonly placeholder?: string;
  /** Suggestions while typing. */
  readonly suggestions?: readonly { readonly value: string; readonly description?: string }[];
  /** Whether suggestions open on focus, and not only on the first letter or the down arrow. */
  readonly offerOnFocus?: boolean;
  /** Called with the text that is not a chip yet. */
  readonly onTyping?: (text: string) => void;
  readonly disabled?: boolean;
  readonly 'aria-label'?: string;
}

interface FootProps extends Pick<ChipsInputProps, 'value' | 'onChange' | 'check' | 'nouns' | 'disabled'> {
  readonly countId: string;
  /** The last change, for screen readers too. */
  readonly notice: string | undefined;
}

/** The number of chips and of invalid ones, the last change, and buttons that remove chips. */
const Foot = ({ value, onChange, check, nouns, disabled, countId, notice }: FootProps) => {
  const bad = value.filter((chip) => !check(chip).ok);
  return (
    <div className={styles.foot}>
      <span id={countId}>
        {value.length > 0 && countOf(value.length, nouns[0], nouns[1])}
        {bad.length > 0 && (
          <button type="button" className={styles.bad} onClick={() => onChange(value.filter((chip) => check(chip).ok))}>
            {formatCount(bad.length)} not valid: remove {bad.length === 1 ? 'it' : 'them'}
          </button>
        )}
      </span>
      <span role="status">{notice}</span>
      {value.length > 1 && disabled !== true && (
        <button type="button" className={styles.clear} onClick={() => onChange([])}>
          Remove all
        </button>
      )}
    </div>
  );
};

/** Gives the handlers of the text input: they turn its text into chips, and lead to the chips and suggestions. */
function useTextHandlers(
  { value, offerOnFocus = true }: ChipsInputProps,
  { text, type, add, focusChip }: ReturnType<typeof useChips>,
  offered: ReturnType<typeof useSuggestions>,
) {
  return {
    onChange(typed: string) {
      // A separator after a word ends it: by typing, an input method, or a drop.
      const ends = separators.test(typed) && typed.trim() !== '';
      if (ends) add(typed);
      else type(typed.trimStart());
      if (ends && !offerOnFocus) offered.close();
      else offered.open();
    },
    onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
      // With Ctrl or Cmd, Enter also runs the view's primary action. Open suggestions would cover the result.
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) offered.close();
      else if (offered.onKeyDown(event)) return;
      const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
      if ((event.key === 'Enter' || event.key === ',') && text.trim() !== '') {
        event.preventDefault();
        add(text);
        if (!offerOnFocus) offered.close();
      } else if ((event.key === 'ArrowLeft' || event.key === 'Backspace') && atStart && value.length > 0) {
        event.preventDefault();
        focusChip(value.length - 1);
      }
    },
    onPaste(event: ClipboardEvent<HTMLInputElement>) {
      const pasted = event.clipboardData.getData('text');
      if (!separators.test(pasted.trim())) return;
      event.preventDefault();
      add(`${text} ${pasted}`);
    },
    onBlur() {
      if (text.trim() !== '') add(text);
      offered.close();
    },
  };
}

/**
 * An input for many short names, typed or pasted. Enter, comma, space or leaving the input creates a chip. The left
 * arrow moves from the start of the text to the chips, where Delete and Backspace remove them. Backspace in an empty
 * input moves to the last chip.
 */
export const ChipsInput = (props: ChipsInputProps) => {
  const { value, onChange, check, nouns, prefix = '', placeholder, suggestions = [], onTyping } = props;
  const { offerOnFocus = true, disabled = false } = props;
  const countId = `${useId()}-count`;
  const chips = useChips({ value, onChange, prefix, onTyping });
  const offered = useSuggestions(suggestions, value, chips.text, chips.add);
  const handlers = useTextHandlers(props, chips, offered);
  const control = useFieldControl();
  return (
    <div className={styles.root}>
      <div className={styles.frame}>
        <div
          ref={chips.box}
          className={classes(styles.box, disabled && styles.disabled)}
          onPointerDown={(event) => {
            if (event.target !== event.currentTarget && !(event.target instanceof HTMLUListElement)) return;
            event.preventDefault();
            chips.input.current?.focus();
          }}
        >
          <ul className={styles.chips} aria-label={nouns[1]}>
            {value.map((chip, index) => (
              <Chip
                key={chip}
                text={chip}
                index={index}
                check={check}
                disabled={disabled}
                onRemove={chips.remove}
                onKeyDown={chips.onChipKey}
              />
            ))}
          </ul>
          <input
            ref={chips.input}
            type="text"
            autoComplete="off"
            spellCheck={false}
            {...control}
            {...offered.inputProps}
            {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
            aria-describedby={[control['aria-describedby'], countId].filter(Boolean).join(' ')}
            className={styles.input}
            placeholder={value.length === 0 ? placeholder : undefined}
            disabled={disabled}
            value={chips.text}
            {...handlers}
            onChange={(event) => handlers.onChange(event.target.value)}
            onFocus={offerOnFocus ? offered.open : undefined}
          />
        </div>
        <Suggestions offered={offered} label={`Known ${nouns[1]}`} />
      </div>
      <Foot {...{ value, onChange, check, nouns, disabled, countId }} notice={chips.notice} />
    </div>
  );
};
