import type { Tier, TierLevel } from '../../../preload/contract/tiers.ts';
import { useTierOptions } from '../../store/hooks/topics/useTierOptions.ts';
import { Combobox } from '../../ui/choices/Combobox.tsx';
import { formatQuota } from '../../ui/facts/quota.ts';
import { Field } from '../../ui/fields/Field.tsx';

interface TierFieldProps {
  readonly level: TierLevel;
  readonly value: string;
  readonly onChange: (tier: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}

const quotaOf = (tier: Tier): string => formatQuota(tier);

/** A throttling tier of a level, with its quota. */
export const TierField = ({ level, value, onChange, error, hint }: TierFieldProps) => (
  <Field label="Tier" error={error} {...(hint !== undefined && { hint })}>
    <Combobox noun="tier" value={value} onChange={onChange} options={useTierOptions(level, value, quotaOf)} />
  </Field>
);
