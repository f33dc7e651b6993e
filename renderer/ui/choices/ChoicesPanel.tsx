import { Command } from 'cmdk';
import { Check, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { classes } from '../classes.ts';
import { formatCount } from '../facts/count.ts';
import popup from '../overlays/popup.module.css';
import styles from './ChoicesPanel.module.css';
import type { Option } from './Select.tsx';
import trigger from './trigger.module.css';

/** Limit of shown options. More rows cost frames and are rarely read. */
const mostShown = 100;

export const matches = (option: Option<string>, words: string): boolean =>
  `${option.label} ${option.description ?? ''}`.toLowerCase().includes(words);

/** "a user", "an application". */
export const withArticle = (noun: string): string => `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;

interface ChoicesProps {
  /** An option's noun in the singular: "user". */
  readonly noun: string;
  /** The options that match the text. */
  readonly found: readonly Option<string>[];
  readonly value: string | undefined;
  readonly text: string;
  /** The label of the entry that takes the text as it is. Absent: there is no such entry. */
  readonly createLabel: string | undefined;
  readonly onChoose: (value: string) => void;
  readonly onCreate: () => void;
  /** Adds "New …" to the list, which opens a form with the typed text. */
  readonly onNew?: ((text: string) => void) | undefined;
}

/** The matching options, and the entries that create one. */
const Choices = ({ found, value, text, noun, createLabel, onChoose, onCreate, onNew }: ChoicesProps) => (
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

interface ChoicesPanelProps extends ChoicesProps {
  readonly onText: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly placeholder?: string;
}

/** The panel below a trigger: an input to search with, and its choices. */
export const ChoicesPanel = ({ onText, onKeyDown, placeholder, ...choices }: ChoicesPanelProps) => {
  const { noun, text } = choices;
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
          <Choices {...choices} />
        </Command>
      </Popover.Content>
    </Popover.Portal>
  );
};
