import { useEffect, useState } from 'react';
import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { countOf } from '../../ui/facts/count.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';

/** Above this number, tokens are counted by application instead of named. */
const named = 20;

const words = ({ id, application, keyType, userType, device, scope }: Token): string => {
  const what = userType === 'APPLICATION' ? 'application token' : device === undefined ? scope : `device ${device}`;
  return `Token ${id}: ${application} ${keyTypeNames[keyType]}, ${what}`;
};

/** A user's active tokens by application: "Shop: 5,000 tokens", most first. Empty until all are counted. */
function useTotals(username: string | undefined): readonly string[] {
  const { host } = useKeyfob();
  const applications = useRead('applications.list', username === undefined ? undefined : {}).value?.items;
  const [totals, setTotals] = useState<readonly string[]>([]);
  useEffect(() => {
    if (username === undefined || applications === undefined) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const count = async () => {
      const counted: { readonly name: string; readonly total: number }[] = [];
      for (const { id, name } of applications.filter(({ activeTokens }) => activeTokens > 0)) {
        const filter = { user: username, application: String(id), validity: 'valid' } as const;
        counted.push({ name, total: (await host.call('tokens.count', filter, { signal })).total });
      }
      const some = counted.filter(({ total }) => total > 0).sort((one, other) => other.total - one.total);
      setTotals(some.map(({ name, total }) => `${name}: ${countOf(total, 'token')}`));
    };
    // The dialog shows the total above, and still works without these.
    count().catch(() => undefined);
    return () => stop.abort();
  }, [host, username, applications]);
  return totals;
}

/** The tokens that stop working when a user is disabled, deleted, or gets a new password. */
export function useLiveTokens(username: string): {
  readonly count: number;
  /** Each token by name, or totals by application when there are many. */
  readonly lines: readonly string[];
} {
  const filter = { user: username, validity: 'valid' } as const;
  const count = useRead('tokens.count', filter).value?.total ?? 0;
  const { value } = useRead('tokens.list', { ...filter, limit: named });
  const totals = useTotals(count > named ? username : undefined);
  return { count, lines: count > named ? totals : (value?.items ?? []).map(words) };
}
