import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { formatCount } from '../facts/count.ts';
import { addChips } from './chips.ts';

interface ChipsState {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly prefix: string;
  /** Called with the text that is not a chip yet. */
  readonly onTyping: ((text: string) => void) | undefined;
}

/** Gives the chips of an input, its text and the notice about the last change, with the handlers of its chips. */
export function useChips({ value, onChange, prefix, onTyping }: ChipsState) {
  const [text, setText] = useState('');
  /** The last change, and the chips after it. The notice is outdated when the chips differ. */
  const [news, setNews] = useState<{ readonly text: string; readonly of: readonly string[] }>();
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
    onTyping?.(typed);
  };
  const add = (words: string) => {
    const { chips, repeated, stripped } = addChips(value, words, prefix);
    type('');
    const added = chips.length - value.length;
    const parts = [
      added > 0 && `${formatCount(added)} added`,
      repeated > 0 && `${formatCount(repeated)} repeated`,
      stripped > 0 && `“${prefix}” is added for you`,
    ];
    setNews({ text: parts.filter(Boolean).join(', '), of: added > 0 ? chips : value });
    if (added > 0) onChange(chips);
  };

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
  const notice = news?.of === value ? news.text : undefined;
  return { box, input, text, type, add, notice, focusChip, remove, onChipKey };
}
