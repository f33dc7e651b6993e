import { ListFilter, X } from 'lucide-react';
import { memo, useRef } from 'react';
import { Button } from '../../../ui/buttons/Button.tsx';
import { FilterMenu } from '../../../ui/choices/FilterMenu.tsx';
import { countMembers } from '../filter.ts';
import type { TokenFilterChoice } from '../useTokenFilter.ts';
import styles from './FilterBar.module.css';
import { TokenSearch } from './TokenSearch.tsx';
import { changeOf, chosenValue, useFilterProperties } from './useFilterProperties.ts';

interface FilterBarProps {
  readonly choice: TokenFilterChoice;
  readonly onDown: () => void;
}

const Bar = ({ choice: { filter, query, choose, search, clear }, onDown }: FilterBarProps) => {
  const properties = useFilterProperties(query);
  const adds = useRef<HTMLButtonElement>(null);
  const count = countMembers(filter);
  const set = (name: string, value: string) => choose(changeOf(name, value));
  const active = properties.flatMap((property) => {
    const value = chosenValue(property, query);
    return value === undefined ? [] : [{ property, value }];
  });
  return (
    <search className={styles.root} aria-label="Filter the tokens">
      <TokenSearch text={filter.text ?? ''} onSearch={search} onDown={onDown} />
      {active.map(({ property, value }) => {
        const words = `${property.label}: ${property.options.find((option) => option.value === value)?.label ?? value}`;
        return (
          <span key={property.name} className={styles.chip}>
            <FilterMenu
              properties={[property]}
              value={value}
              onChoose={set}
              trigger={
                <button type="button" className={styles.change} title="Change this filter">
                  {words}
                </button>
              }
            />
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove the filter ${words}`}
              title="Remove"
              onClick={() => {
                choose(changeOf(property.name, undefined));
                adds.current?.focus();
              }}
            >
              <X aria-hidden size={13} />
            </button>
          </span>
        );
      })}
      <FilterMenu
        properties={properties.filter((property) => chosenValue(property, query) === undefined)}
        onChoose={set}
        trigger={
          <Button ref={adds} icon={ListFilter}>
            Filter
          </Button>
        }
      />
      {count > 1 && (
        <Button look="ghost" onClick={clear}>
          Clear all {count} filters
        </Button>
      )}
    </search>
  );
};

/**
 * Narrows the list by text, and by a chip for each chosen property. Memoised: answers arrive in parts, and only a change
 * of its own redraws it.
 */
export const FilterBar = memo(Bar);
