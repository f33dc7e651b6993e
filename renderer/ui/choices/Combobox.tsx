import { ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { classes } from '../classes.ts';
import { useFieldValueButton } from '../fields/fieldContext.ts';
import { ChoicesPanel, matches, withArticle } from './ChoicesPanel.tsx';
import type { Option } from './Select.tsx';
import trigger from './trigger.module.css';

interface ComboboxProps {
  readonly options: readonly Option<string>[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  /** Offers "Create …" for a text that matches no option. */
  readonly onCreate?: (text: string) => void;
  /** Replaces "Create …" where taking the text creates nothing. */
  readonly createLabel?: (text: string) => string;
  /** Adds "New …" to the list, which opens a form with the typed text. */
  readonly onNew?: (text: string) => void;
  /** Opens and closes it from outside too. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** An option's noun in the singular: "user". */
  readonly noun: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly 'aria-label'?: string;
  readonly className?: string;
}

/** Chooses one of many options by typing. */
export const Combobox = (props: ComboboxProps) => {
  const { options, value, onChange, onCreate, onNew, noun, disabled, className } = props;
  const { placeholder = `Choose ${withArticle(noun)}…` } = props;
  const { createLabel = (typed: string) => `Create ${noun} “${typed}”` } = props;
  const [openHere, setOpenHere] = useState(false);
  const open = props.open ?? openHere;
  const [text, setText] = useState('');
  const words = text.trim().toLowerCase();
  const chosen = options.find((option) => option.value === value);
  const shown = chosen?.label ?? (value || placeholder);
  const creates =
    onCreate !== undefined && words !== '' && !options.some((option) => option.label.toLowerCase() === words);
  const setOpen = (next: boolean) => {
    setOpenHere(next);
    if (!next) setText('');
    props.onOpenChange?.(next);
  };
  const close = (act: () => void) => {
    setOpen(false);
    act();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        {...useFieldValueButton(props['aria-label'], shown)}
        disabled={disabled}
        data-placeholder={chosen === undefined && (value ?? '') === '' ? '' : undefined}
        className={classes(trigger.trigger, className)}
      >
        <span className={trigger.value}>{shown}</span>
        <ChevronsUpDown aria-hidden size={14} className={trigger.sign} />
      </Popover.Trigger>
      <ChoicesPanel
        {...{ value, text, noun }}
        onText={setText}
        found={options.filter((option) => matches(option, words))}
        createLabel={creates ? createLabel(text.trim()) : undefined}
        onChoose={(next) => close(() => onChange(next))}
        onCreate={() => close(() => onCreate?.(text.trim()))}
        onNew={onNew && ((typed) => close(() => onNew(typed)))}
      />
    </Popover.Root>
  );
};
