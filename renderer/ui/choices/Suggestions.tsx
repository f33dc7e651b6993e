import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import popup from '../overlays/popup.module.css';
import styles from './Suggestions.module.css';

interface Suggestion {
  readonly value: string;
  readonly description?: string;
}

const mostShown = 50;

/** The state of suggestions under a text input: whether they are open, which match, and which is marked. */
export const useSuggestions = (
  all: readonly Suggestion[],
  taken: readonly string[],
  text: string,
  onPick: (value: string) => void,
) => {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const words = text.trim().toLowerCase();
  const fitting = !isOpen
    ? []
    : all.filter(({ value }) => value.toLowerCase().includes(words) && !taken.includes(value)).slice(0, mostShown);
  const shown = fitting.length > 0;
  const at = Math.min(marked, fitting.length - 1);
  const pick = (value: string) => {
    setMarked(-1);
    onPick(value);
  };
  /** Whether the key was for the list. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.key === 'ArrowDown' && !isOpen && all.length > 0) setOpen(true);
    else if (!shown) return false;
    else if (event.key === 'ArrowDown') setMarked((at + 1) % fitting.length);
    else if (event.key === 'ArrowUp') setMarked(at <= 0 ? fitting.length - 1 : at - 1);
    else if (event.key === 'Enter' && fitting[at] !== undefined) pick(fitting[at].value);
    else if (event.key === 'Escape') setOpen(false);
    else return false;
    event.preventDefault();
    // Escape closes only the list, not the dialog around it.
    event.stopPropagation();
    return true;
  };
  return {
    id,
    fitting,
    at,
    pick,
    onKeyDown,
    open: () => {
      setOpen(true);
      setMarked(-1);
    },
    close: () => setOpen(false),
    inputProps:
      all.length === 0
        ? {}
        : {
            role: 'combobox',
            'aria-autocomplete': 'list' as const,
            'aria-expanded': shown,
            'aria-controls': shown ? id : undefined,
            'aria-activedescendant': shown && at >= 0 ? `${id}-${at}` : undefined,
          },
  };
};

interface SuggestionsProps {
  readonly offered: ReturnType<typeof useSuggestions>;
  readonly label: string;
}

/** The list of suggestions. The focus stays in the text input. */
export const Suggestions = ({ offered, label }: SuggestionsProps) => {
  const list = useRef<HTMLDivElement>(null);
  const { at, fitting } = offered;
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (fitting.length === 0) return null;
  return (
    <div
      ref={list}
      id={offered.id}
      role="listbox"
      aria-label={label}
      className={classes(popup.panel, popup.list, styles.root)}
    >
      {fitting.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text input keeps the focus (aria-activedescendant)
        <div
          key={suggestion.value}
          id={`${offered.id}-${index}`}
          role="option"
          aria-selected={index === at}
          data-selected={index === at}
          className={popup.item}
          onPointerDown={(event) => {
            event.preventDefault();
            offered.pick(suggestion.value);
          }}
        >
          <span className={popup.words}>
            {suggestion.value}
            {suggestion.description !== undefined && suggestion.description !== '' && (
              <span className={popup.description}>{suggestion.description}</span>
            )}
          </span>
        </div>
      ))}
    </div>
  );
};
