import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { ChoicesPanel, matches } from './ChoicesPanel.tsx';
import type { Option } from './Select.tsx';

/** A property that rows can be filtered by. */
export interface FilterProperty {
  readonly name: string;
  /** "State", "Key type". */
  readonly label: string;
  readonly options: readonly Option<string>[];
  /** Words a typed text as a value: "The scope “x”". Absent: only the options can be chosen. */
  readonly typedLabel?: ((text: string) => string) | undefined;
}

interface FilterMenuProps {
  /** A button. */
  readonly trigger: ReactElement;
  /** With one property, the menu starts at its values. */
  readonly properties: readonly FilterProperty[];
  /** The current value of the only property. */
  readonly value?: string;
  readonly onChoose: (name: string, value: string) => void;
}

const entryOf = (property: FilterProperty, value: string): string => `${property.name}=${value}`;

/** The properties. A typed text finds values as well. */
const entriesOf = (properties: readonly FilterProperty[], words: string): readonly Option<string>[] => [
  ...properties.map(({ name, label }) => ({ value: name, label })),
  ...(words === ''
    ? []
    : properties.flatMap((property) =>
        property.options.map((option) => ({
          ...option,
          value: entryOf(property, option.value),
          label: `${property.label}: ${option.label}`,
        })),
      )),
];

/** Chooses a property, then its value. Typing finds the value at once. */
export const FilterMenu = ({ trigger: button, properties, value, onChoose }: FilterMenuProps) => {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<string>();
  const [text, setText] = useState('');
  const words = text.trim().toLowerCase();
  const only = properties.length === 1 ? properties[0] : undefined;
  const property = only ?? properties.find((one) => one.name === name);
  const go = (next: string | undefined) => {
    setName(next);
    setText('');
  };
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) go(undefined);
  };
  const choose = (of: FilterProperty, chosen: string) => {
    change(false);
    onChoose(of.name, chosen);
  };
  const chooseEntry = (entry: string) => {
    const found = properties.find((one) => entry.startsWith(`${one.name}=`));
    if (found === undefined) go(entry);
    else choose(found, entry.slice(found.name.length + 1));
  };
  const goBack = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && text === '') go(undefined);
  };
  const noun = property?.label.toLowerCase() ?? 'filter';
  const typed =
    property?.typedLabel !== undefined && words !== '' && !property.options.some(({ label }) => label === text.trim());
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>{button}</Popover.Trigger>
      <ChoicesPanel
        {...{ value, text, noun }}
        onText={setText}
        onKeyDown={goBack}
        {...(property === undefined && { placeholder: 'Filter by…' })}
        found={(property?.options ?? entriesOf(properties, words)).filter((option) => matches(option, words))}
        createLabel={typed ? property.typedLabel?.(text.trim()) : undefined}
        onChoose={(chosen) => (property === undefined ? chooseEntry(chosen) : choose(property, chosen))}
        onCreate={() => property !== undefined && choose(property, text.trim())}
      />
    </Popover.Root>
  );
};
