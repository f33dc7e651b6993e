import { useEffect, useRef, useState } from 'react';
import { useRoute } from '../../store/hooks/window/window.ts';
import type { RowKey } from '../../ui/tables/tableColumns.ts';
import { TokenDetail } from './detail/TokenDetail.tsx';
import { TokenList } from './list/TokenList.tsx';
import { RevokeProvider } from './revoke/RevokeProvider.tsx';
import { useTokenFilter } from './useTokenFilter.ts';

const nothing: ReadonlySet<RowKey> = new Set();

/** The list of all tokens, or one of them with its history. */
export const TokensScreen = () => {
  const route = useRoute();
  const token = route.screen === 'tokens' ? route.token : undefined;
  const choice = useTokenFilter();
  const [selected, setSelected] = useState(nothing);
  const last = useRef<number>(undefined);
  const filter = JSON.stringify(choice.filter);
  // Tokens that leave the list must not stay selected.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed filter triggers it
  useEffect(() => setSelected(nothing), [filter]);
  useEffect(() => {
    last.current = token === undefined ? undefined : Number(token);
  }, [token]);
  return (
    <RevokeProvider>
      {token === undefined ? (
        <TokenList choice={choice} selected={selected} onSelect={setSelected} startAt={last.current} />
      ) : (
        <TokenDetail key={token} token={token} query={choice.query} />
      )}
    </RevokeProvider>
  );
};
