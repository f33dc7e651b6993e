import { useCallback, useMemo, useState } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useGo, useRoute } from '../../store/hooks/window/window.ts';
import type { TokenFilter } from '../../store/topics/tokens/tokenSearch.ts';
import type { Route } from '../../store/window/route.ts';
import { changed, type FilterChange, type FilterQuery, filterOf, mayBeSecret } from './filter.ts';

/** The table's filter, and how to change it. */
export interface TokenFilterChoice {
  readonly filter: TokenFilter;
  /** As in the address. */
  readonly query: FilterQuery;
  /** Changes members. "Back" undoes it. */
  choose(change: FilterChange): void;
  /** Changes the text, without a step in the history. */
  search(text: string): void;
  clear(): void;
}

const none: FilterQuery = {};

const queryOf = (route: Route): FilterQuery => (route.screen === 'tokens' ? (route.filter ?? none) : none);

/** The filter in the address, plus a text that must stay out of it. */
export function useTokenFilter(): TokenFilterChoice {
  const query = queryOf(useRoute());
  const go = useGo();
  const replace = useKeyfobState((state) => state.route.replace);
  const [unwritten, setUnwritten] = useState('');
  const filter = useMemo(
    () => filterOf(unwritten === '' ? query : { ...query, text: unwritten.slice(0, 200) }),
    [query, unwritten],
  );

  const choose = useCallback(
    (change: FilterChange) => go({ screen: 'tokens', filter: changed(query, change) }),
    [go, query],
  );
  const search = useCallback(
    (text: string) => {
      const secret = mayBeSecret(text);
      setUnwritten(secret ? text : '');
      replace({ screen: 'tokens', filter: changed(query, { text: secret ? undefined : text }) });
    },
    [replace, query],
  );
  const clear = useCallback(() => {
    setUnwritten('');
    go({ screen: 'tokens' });
  }, [go]);
  return useMemo(() => ({ filter, query, choose, search, clear }), [filter, query, choose, search, clear]);
}
