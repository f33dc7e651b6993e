import { Command } from 'cmdk';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { classes } from '../classes.ts';
import { formatCount } from '../facts/count.ts';
import { useFieldValueButton } from '../fields/fieldContext.ts';
import popup from '../overlays/popup.module.css';
import styles from './Combobox.module.css';
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

/** Limit of shown options. More rows cost frames and are rarely read. */
const mostShown = 100;

export const matches = (option: Option<string>, words: string): boolean =>
  `${option.label} ${option.description ?? ''}`.toLowerCase().includes(words);

/** "a user", "an application". */
const withArticle = (noun: string): string => `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;

interface ChoicesProps extends Pick<ComboboxProps, 'onNew' | 'noun'> {
  /** The options that match the text. */
  readonly found: readonly Option<string>[];
  readonly value: string | undefined;
  readonly text: string;
  /** The label of the entry that takes the text as it is. Absent: there is no such entry. */
  readonly createLabel: string | undefined;
  readonly onChoose: (value: string) => void;
  readonly onCreate: () => void;
}

/** The matching options, and the entries that create one. */
export const Choices = ({ found, value, text, noun, createLabel, onChoose, onCreate, onNew }: ChoicesProps) => (
  <>
    <Command.List className={popup.list ?? ''} label={`${noun} choices`}>
      {found.slice(0, mostShown).map(({ icon: Icon, ...option }) => (
        <Command.Item
          key={option.value}
          value={`option ${option.value}`}
          disabled={option.disabled === true}
          className={popup.item ?? ''}
          onSelect={() => onChoose(option.value)}
        >
          {Icon !== undefined && <Icon aria-hidden size={15} />}
          <span className={popup.words}>
            {option.label}
            {option.description !== undefined && <span className={popup.description}>{option.description}</span>}
          </span>
          <span className={popup.check}>{option.value === value && <Check aria-label="chosen" size={15} />}</span>
        </Command.Item>
      ))}
      {createLabel !== undefined && (
        <Command.Item value={`create ${text}`} className={popup.item ?? ''} onSelect={onCreate}>
          <Plus aria-hidden size={15} />
          <span className={popup.words}>{createLabel}</span>
        </Command.Item>
      )}
      {onNew !== undefined && (
        <Command.Item value={`new ${text}`} className={popup.item ?? ''} onSelect={() => onNew(text.trim())}>
          <Plus aria-hidden size={15} />
          <span className={popup.words}>{text.trim() === '' ? `New ${noun}…` : `New ${noun} “${text.trim()}”…`}</span>
        </Command.Item>
      )}
    </Command.List>
    {found.length === 0 && createLabel === undefined && (
      <p className={popup.note}>{text.trim() === '' ? `No ${noun} yet.` : `No results for “${text}”.`}</p>
    )}
    {found.length > mostShown && (
      <p className={popup.note}>{formatCount(found.length - mostShown)} more. Type to narrow them down.</p>
    )}
  </>
);

interface ChoicesPanelProps {
  readonly noun: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly placeholder?: string;
  /** {@link Choices}. */
  readonly children: ReactNode;
}

/** What opens below a trigger: an input to search with, and its choices. */
export const ChoicesPanel = ({ noun, text, onText, onKeyDown, placeholder, children }: ChoicesPanelProps) => {
  const find = `Find ${withArticle(noun)}`;
  return (
    <Popover.Portal>
      <Popover.Content
        className={classes(popup.panel, trigger.panel)}
        aria-label={`Choose ${withArticle(noun)}`}
        align="start"
        sideOffset={4}
        collisionPadding={8}
      >
        {/* Choices of another noun have another first item. */}
        <Command key={noun} shouldFilter={false} loop label={find} className={styles.panel ?? ''}>
          <Command.Input
            autoFocus
            value={text}
            onValueChange={onText}
            onKeyDown={onKeyDown}
            placeholder={placeholder ?? `${find}…`}
            className={styles.input ?? ''}
          />
          {children}
        </Command>
      </Popover.Content>
    </Popover.Portal>
  );
};

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
      <ChoicesPanel {...{ noun, text }} onText={setText}>
        <Choices
          {...{ value, text, noun }}
          found={options.filter((option) => matches(option, words))}
          createLabel={creates ? createLabel(text.trim()) : undefined}
          onChoose={(next) => close(() => onChange(next))}
          onCreate={() => close(() => onCreate?.(text.trim()))}
          {...(onNew !== undefined && { onNew: (typed: string) => close(() => onNew(typed)) })}
        />
      </ChoicesPanel>
    </Popover.Root>
  );
};
