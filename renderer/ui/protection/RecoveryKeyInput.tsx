import { type ChangeEvent, type ComponentProps, type RefObject, useLayoutEffect, useRef } from 'react';
import { classes } from '../classes.ts';
import { TextInput } from '../fields/TextInput.tsx';
import styles from './RecoveryKeyInput.module.css';
import { inGroups } from './recoveryText.ts';

interface RecoveryKeyInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'ref'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref: RefObject<HTMLInputElement | null>;
}

const signsIn = (text: string): number => text.replace(/[^0-9A-Za-z]/g, '').length;

/** Gives the caret's position after the same number of letters and digits. */
function placeAfter(text: string, signs: number): number {
  let place = 0;
  for (let left = signs; left > 0 && place < text.length; place += 1) if (text[place] !== '-') left -= 1;
  return place;
}

/** A recovery key, grouped while it is typed or pasted. */
export const RecoveryKeyInput = ({ value, onChange, ref, className, ...rest }: RecoveryKeyInputProps) => {
  const caret = useRef<number>(undefined);
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const { value: typed, selectionStart } = event.target;
    const at = selectionStart ?? typed.length;
    caret.current = placeAfter(inGroups(typed), signsIn(typed.slice(0, at)));
    onChange(inGroups(typed));
  };
  useLayoutEffect(() => {
    // Writing the groups moves the caret to the end, which breaks corrections in the middle.
    if (caret.current !== undefined) ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });
  return (
    <TextInput
      {...rest}
      ref={ref}
      mono
      autoCapitalize="characters"
      placeholder="00000-00000-00000-00000-00000-00000"
      className={classes(styles.root, className)}
      value={value}
      onChange={change}
    />
  );
};
