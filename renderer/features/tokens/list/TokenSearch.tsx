import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useKeyfob } from '../../../store/context.ts';
import { useFilterFocus } from '../../../store/hooks/window/useCommands.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { mayBeSecret } from '../filter.ts';
import styles from './FilterBar.module.css';

interface TokenSearchProps {
  /** The current search. */
  readonly text: string;
  readonly onSearch: (text: string) => void;
  /** Called by the down arrow, which leads into the table. */
  readonly onDown: () => void;
}

const pauseMs = 180;
const longestReference = 2048;

/** The free-text search. It runs when typing pauses. A token's value opens that token instead. */
export const TokenSearch = ({ text, onSearch, onDown }: TokenSearchProps) => {
  const { host } = useKeyfob();
  const go = useGo();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const searched = useRef(text);
  useFilterFocus('Search the tokens', () => {
    input.current?.focus();
    input.current?.select();
  });

  useEffect(() => {
    // The address changed without typing, as by "back".
    if (text === searched.current) return;
    searched.current = text;
    setTyped(text);
  }, [text]);

  const search = async (next: string) => {
    const words = next.trim();
    if (words === searched.current) return;
    searched.current = words;
    if (mayBeSecret(words) && !/\s/.test(words) && words.length <= longestReference) {
      const found = await host.call('tokens.read', { token: words }).catch(() => undefined);
      if (searched.current !== words) return;
      if (found !== undefined) {
        go({ screen: 'tokens', token: String(found.id) });
        return;
      }
    }
    onSearch(words);
  };
  const newest = useRef(search);
  newest.current = search;
  useEffect(() => {
    const timer = setTimeout(() => void newest.current(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);

  const clear = () => {
    setTyped('');
    void search('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void search(typed);
    else if (event.key === 'Escape' && typed !== '') clear();
    else if (event.key === 'ArrowDown') onDown();
    else return;
    event.preventDefault();
  };
  return (
    <TextInput
      ref={input}
      className={styles.search}
      icon={Search}
      type="search"
      aria-label="Search the tokens"
      placeholder="Application, user, scope, device, id, or a token itself"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={onKeyDown}
      after={typed !== '' && <IconButton icon={X} name="Clear the search" hint="Clear" size="small" onClick={clear} />}
    />
  );
};
