import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useFilterFocus } from '../../../store/hooks/window/useCommands.ts';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { classes } from '../../../ui/classes.ts';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import styles from './RequestFilters.module.css';
import type { RequestFilter } from './requestFilter.ts';

const outcomes = [
  { value: 'all', label: 'Any outcome' },
  { value: 'ok', label: 'Answered', description: 'Status 2xx or 3xx' },
  { value: 'refused', label: 'Refused', description: 'Status 4xx' },
  { value: 'failed', label: 'Failed', description: 'Status 5xx' },
] as const;

const any = '';

/** Gives the names that occur in the log as options, and the chosen one. */
function optionsOf(names: readonly (string | undefined)[], chosen: string | undefined, all: string) {
  const known = [...new Set([chosen, ...names])].filter((name) => name !== undefined).sort();
  return [{ value: any, label: all }, ...known.map((name) => ({ value: name, label: name }))];
}

interface RequestFiltersProps {
  /** All requests, from which the choices come. */
  readonly rows: readonly LoggedRequest[];
  readonly filter: RequestFilter;
  /** Called by the down arrow, which leads into the table. */
  readonly onDown: () => void;
}

/** Narrows the list by text, outcome, application and API. */
export const RequestFilters = ({ rows, filter, onDown }: RequestFiltersProps) => {
  const { outcome, application, api, search, searchFor, choose } = filter;
  const input = useRef<HTMLInputElement>(null);
  useFilterFocus('Search the requests', () => {
    input.current?.focus();
    input.current?.select();
  });
  const applications = useMemo(
    () =>
      optionsOf(
        rows.map((row) => row.application),
        application,
        'Any application',
      ),
    [rows, application],
  );
  const apis = useMemo(
    () =>
      optionsOf(
        rows.map((row) => row.api),
        api,
        'Any API',
      ),
    [rows, api],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Escape' && search !== '') searchFor('');
    else return;
    event.preventDefault();
  };
  const look = (chosen: boolean) => classes(styles.control, chosen && styles.chosen);
  return (
    <search className={styles.root} aria-label="Filter the requests">
      <TextInput
        ref={input}
        type="search"
        icon={Search}
        aria-label="Search the requests"
        placeholder="Path, application, reason…"
        className={styles.search ?? ''}
        value={search}
        onChange={(event) => searchFor(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Select
        aria-label="Outcome"
        className={look(outcome !== 'all')}
        options={outcomes}
        value={outcome}
        onChange={(value) => choose('outcome', value === 'all' ? undefined : value)}
      />
      <Combobox
        aria-label="Application"
        noun="application"
        className={look(application !== undefined)}
        options={applications}
        value={application ?? any}
        onChange={(value) => choose('application', value || undefined)}
      />
      <Combobox
        aria-label="API"
        noun="API"
        className={look(api !== undefined)}
        options={apis}
        value={api ?? any}
        onChange={(value) => choose('api', value || undefined)}
      />
    </search>
  );
};
