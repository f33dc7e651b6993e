import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import { countOf } from '../facts/count.ts';
import { useFieldControl } from '../fields/fieldContext.ts';
import { Chip } from './Chip.tsx';
import styles from './ChipsInput.module.css';
import { addChips, type ChipVerdict, separators } from './chips.ts';
import { Suggestions, useSuggestions } from './Suggestions.tsx';

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

/**
 * An input for many short names, typed or pasted. Enter, comma, space or leaving the input creates a chip. The left
 * arrow moves from the start of the text to the chips, where Delete and Backspace remove them. Backspace in an empty
 * input moves to the last chip.
 */
export const ChipsInput = (props: ChipsInputProps) => {
  const {
    value,
    onChange,
    check,
    nouns,
    prefix = '',
    placeholder,
    suggestions = [],
    offerOnFocus = true,
    disabled = false,
  } = props;
  const [text, setText] = useState('');
  /** The last change, and the chips after it. The notice is outdated when the chips differ. */
  const [news, setNews] = useState<{ readonly text: string; readonly of: readonly string[] }>();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // The chips' handlers stay the same, so that a thousand chips do not render again for each new one.
  const latest = useRef({ value, onChange, text, prefix });
  latest.current = { value, onChange, text, prefix };
  // A shortcut that leaves the page never blurs the input, so turn its text into a chip on unmount.
  useEffect(
    () => () => {
      const { value: last, onChange: change, text: left, prefix: off } = latest.current;
      if (left.trim() !== '') change(addChips(last, left, off).chips);
    },
    [],
  );

  const type = (typed: string) => {
    setText(typed);
    props.onTyping?.(typed);
  };
  const add = (words: string) => {
    const { chips, repeated, stripped } = addChips(value, words, prefix);
    type('');
    const added = chips.length - value.length;
    const parts = [
      added > 0 && `${added} added`,
      repeated > 0 && `${repeated} repeated`,
      stripped > 0 && `“${prefix}” is added for you`,
    ];
    setNews({ text: parts.filter(Boolean).join(', '), of: added > 0 ? chips : value });
    if (added > 0) onChange(chips);
  };
  const offered = useSuggestions(suggestions, value, text, add);

  const focusChip = useCallback((index: number) => {
    const buttons = box.current?.querySelectorAll<HTMLButtonElement>('li button') ?? [];
    const target = buttons[Math.max(0, index)];
    if (target === undefined) input.current?.focus();
    else {
      target.focus();
      target.scrollIntoView({ block: 'nearest' });
    }
  }, []);
  const remove = useCallback(
    (chip: string, index: number) => {
      const { value: all, onChange: change } = latest.current;
      const left = all.filter((other) => other !== chip);
      change(left);
      setNews({ text: `${chip} removed`, of: left });
      // The removed chip is still in the document. Its successor appears in the next frame.
      requestAnimationFrame(() => focusChip(index < all.length - 1 ? index : all.length));
    },
    [focusChip],
  );
  const onChipKey = useCallback(
    (event: KeyboardEvent<HTMLButtonElement>, chip: string, index: number) => {
      const act = {
        ArrowLeft: () => focusChip(index - 1),
        ArrowRight: () => focusChip(index + 1),
        Home: () => focusChip(0),
        End: () => input.current?.focus(),
        Delete: () => remove(chip, index),
        Backspace: () => remove(chip, index),
      }[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
    [focusChip, remove],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
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
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!separators.test(pasted.trim())) return;
    event.preventDefault();
    add(`${text} ${pasted}`);
  };
  const bad = value.filter((chip) => !check(chip).ok);
  const count = countOf(value.length, nouns[0], nouns[1]);
  const control = useFieldControl();
  const describedBy = [control['aria-describedby'], `${id}-count`].filter(Boolean).join(' ');
  return (
    <div className={styles.root}>
      <div className={styles.frame}>
        <div
          ref={box}
          className={classes(styles.box, disabled && styles.disabled)}
          onPointerDown={(event) => {
            if (event.target !== event.currentTarget && !(event.target instanceof HTMLUListElement)) return;
            event.preventDefault();
            input.current?.focus();
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
                onRemove={remove}
                onKeyDown={onChipKey}
              />
            ))}
          </ul>
          <input
            ref={input}
            type="text"
            autoComplete="off"
            spellCheck={false}
            {...control}
            {...offered.inputProps}
            {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
            aria-describedby={describedBy}
            className={styles.input}
            placeholder={value.length === 0 ? placeholder : undefined}
            disabled={disabled}
            value={text}
            onChange={(event) => {
              const typed = event.target.value;
              // A separator after a word ends it: by typing, an input method, or a drop.
              const ends = separators.test(typed) && typed.trim() !== '';
              if (ends) add(typed);
              else type(typed.trimStart());
              if (ends && !offerOnFocus) offered.close();
              else offered.open();
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onFocus={offerOnFocus ? offered.open : undefined}
            onBlur={() => {
              if (text.trim() !== '') add(text);
              offered.close();
            }}
          />
        </div>
        <Suggestions offered={offered} label={`Known ${nouns[1]}`} />
      </div>
      <div className={styles.foot}>
        <span id={`${id}-count`}>
          {value.length > 0 && count}
          {bad.length > 0 && (
            <button
              type="button"
              className={styles.bad}
              onClick={() => onChange(value.filter((chip) => check(chip).ok))}
            >
              {bad.length} not valid: remove {bad.length === 1 ? 'it' : 'them'}
            </button>
          )}
        </span>
        <span role="status">{news?.of === value && news.text}</span>
        {value.length > 1 && !disabled && (
          <button type="button" className={styles.clear} onClick={() => onChange([])}>
            Remove all
          </button>
        )}
      </div>
    </div>
  );
};
