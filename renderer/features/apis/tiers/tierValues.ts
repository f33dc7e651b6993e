import { type Tier, type TierLevel, tiers } from '../../../../preload/contract/tiers.ts';
import { formatCount } from '../../../ui/facts/count.ts';

/** The values of the tier form. A number is `undefined` while its text is invalid. */
export interface TierValues
  extends Pick<Tier, 'level' | 'name' | 'description' | 'counts' | 'windowUnit' | 'stopOnQuota' | 'perUser'> {
  readonly unlimited: boolean;
  readonly limit: number | undefined;
  readonly windowLength: number | undefined;
  readonly bursts: boolean;
  readonly burstLimit: number | undefined;
  readonly burstSeconds: number | undefined;
}

export const newTier: TierValues = {
  level: 'subscription',
  name: '',
  description: '',
  unlimited: false,
  limit: 100,
  counts: 'requests',
  windowLength: 1,
  windowUnit: 'minute',
  bursts: false,
  burstLimit: 10,
  burstSeconds: 1,
  stopOnQuota: true,
  perUser: false,
};

export const valuesOf = (tier: Tier): TierValues => ({
  ...tier,
  unlimited: tier.limit === null,
  limit: tier.limit ?? newTier.limit,
  bursts: tier.burstLimit !== null,
  burstLimit: tier.burstLimit ?? newTier.burstLimit,
});

type NumberName = 'limit' | 'windowLength' | 'burstLimit' | 'burstSeconds';

const ranges: Readonly<Record<NumberName, number>> = {
  limit: 2_147_483_647,
  windowLength: 10_000,
  burstLimit: 1_000_000,
  burstSeconds: 60,
};

export type TierFaults = Partial<Record<keyof TierValues, string | undefined>>;

const isUsed = (name: NumberName, { unlimited, bursts, level }: TierValues): boolean =>
  name.startsWith('burst') ? bursts && level === 'subscription' : !unlimited;

/** Takes the values of the form; gives what prevents saving them, by field. */
export function faultsOf(values: TierValues): TierFaults {
  const { name, description } = tiers.create.input.shape;
  const faults: TierFaults = {
    name: name.safeParse(values.name).error?.issues[0]?.message,
    description: description.safeParse(values.description).error?.issues[0]?.message,
  };
  for (const [number, max] of Object.entries(ranges) as [NumberName, number][]) {
    const value = values[number];
    const isValid = value !== undefined && value >= 1 && value <= max;
    if (isUsed(number, values) && !isValid) faults[number] = `Enter a whole number from 1 to ${formatCount(max)}.`;
  }
  return faults;
}

const only = <T>(level: TierLevel, wanted: TierLevel, value: T, usual: T): T => (level === wanted ? value : usual);

/** Takes valid values; gives the input of `tiers.create` and `tiers.update`. */
export function inputOf(values: TierValues) {
  const { level, bursts, unlimited, limit = 1, windowLength = 1, burstLimit = 1, burstSeconds = 1 } = values;
  return {
    level,
    name: values.name.trim(),
    description: values.description,
    limit: unlimited ? null : limit,
    counts: values.counts,
    windowLength,
    windowUnit: values.windowUnit,
    burstLimit: only(level, 'subscription', bursts ? burstLimit : null, null),
    burstSeconds,
    stopOnQuota: only(level, 'subscription', values.stopOnQuota, true),
    perUser: only(level, 'advanced', values.perUser, false),
  };
}
