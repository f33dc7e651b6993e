import { type KeyboardEvent, useState } from 'react';
import { TextInput, type TextInputProps } from './TextInput.tsx';

interface NumberInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'after'> {
  readonly value: number | undefined;
  /** `undefined` while the text is no whole number. The form checks the range. */
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** A unit after the number, like "days". */
  readonly unit?: string;
}

const parse = (text: string): number | undefined => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined);

/** A whole number. The arrow keys change it; the mouse wheel does not, as it changes values by accident. */
export const NumberInput = ({ value, onChange, min, max, step = 1, unit, ...rest }: NumberInputProps) => {
  const [draft, setDraft] = useState({ text: value?.toString() ?? '', value });
  // A value set from outside replaces the draft, which may be invalid text.
  const text = Object.is(draft.value, value) ? draft.text : (value?.toString() ?? '');
  const change = (next: string) => {
    setDraft({ text: next, value: parse(next) });
    onChange(parse(next));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowUp: step, ArrowDown: -step, PageUp: step * 10, PageDown: -step * 10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    change(String(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, (value ?? min ?? 0) + by))));
  };
  return (
    <TextInput
      {...rest}
      role="spinbutton"
      inputMode="numeric"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      value={text}
      onChange={(event) => change(event.target.value)}
      onKeyDown={onKeyDown}
      after={unit === undefined ? undefined : <span>{unit}</span>}
    />
  );
};
