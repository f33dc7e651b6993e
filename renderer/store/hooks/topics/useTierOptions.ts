import { useMemo } from 'react';
import type { Tier, TierLevel } from '../../../../preload/contract/tiers.ts';
import { useRead } from '../calls/useRead.ts';

/** An entry of a picker of tiers. */
interface TierOption {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

/**
 * The tiers of a level as options of a picker. `wordsOf` describes a tier. A `chosen` tier that was deleted is an option
 * too. Keep `wordsOf` the same between renders.
 */
export function useTierOptions(
  level: TierLevel,
  chosen: string,
  wordsOf: (tier: Tier) => string,
): readonly TierOption[] {
  const tiers = useRead('tiers.list', {}).value?.items;
  return useMemo(() => {
    const options = (tiers ?? [])
      .filter((tier) => tier.level === level)
      .map((tier) => ({ value: tier.name, label: tier.name, description: wordsOf(tier) }));
    const isGone = tiers !== undefined && !options.some(({ value }) => value === chosen);
    return isGone || tiers === undefined
      ? [...options, { value: chosen, label: chosen, description: isGone ? 'This tier was deleted' : '' }]
      : options;
  }, [tiers, level, chosen, wordsOf]);
}
