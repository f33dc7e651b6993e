import { tiers } from '../../../../preload/contract/tiers.ts';
import { Select } from '../../../ui/choices/Select.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import styles from './tiers.module.css';
import type { TierFaults, TierValues } from './tierValues.ts';

const counts = [
  { value: 'requests', label: 'requests' },
  { value: 'bytes', label: 'bytes' },
] as const;
const units = tiers.create.input.shape.windowUnit.unwrap().options.map((value) => ({ value, label: `${value}s` }));

interface QuotaFieldsProps {
  readonly values: TierValues;
  readonly faults: TierFaults;
  readonly onChange: (patch: Partial<TierValues>) => void;
}

/** The limits of a tier. Bursts exist at the level of subscriptions, counters of users at the level of APIs. */
export const QuotaFields = ({ values, faults, onChange }: QuotaFieldsProps) => (
  <>
    <Checkbox label="Unlimited" checked={values.unlimited} onChange={(unlimited) => onChange({ unlimited })} />
    {!values.unlimited && (
      <>
        <div className={styles.quota}>
          <Field label="Quota" error={faults.limit}>
            <NumberInput min={1} value={values.limit} onChange={(limit) => onChange({ limit })} />
          </Field>
          <Field label="Counts">
            <Select options={counts} value={values.counts} onChange={(next) => onChange({ counts: next })} />
          </Field>
        </div>
        <div className={styles.quota}>
          <Field
            label="Window"
            error={faults.windowLength}
            hint="Windows follow the clock: a minute starts at second 0."
          >
            <NumberInput min={1} value={values.windowLength} onChange={(windowLength) => onChange({ windowLength })} />
          </Field>
          <Field label="Unit">
            <Select options={units} value={values.windowUnit} onChange={(windowUnit) => onChange({ windowUnit })} />
          </Field>
        </div>
      </>
    )}
    {values.level === 'subscription' && (
      <>
        <Checkbox label="Limit bursts, too" checked={values.bursts} onChange={(bursts) => onChange({ bursts })} />
        {values.bursts && (
          <div className={styles.quota}>
            <Field label="Burst" error={faults.burstLimit}>
              <NumberInput
                min={1}
                unit="requests"
                value={values.burstLimit}
                onChange={(burstLimit) => onChange({ burstLimit })}
              />
            </Field>
            <Field label="Within" error={faults.burstSeconds}>
              <NumberInput
                min={1}
                unit="seconds"
                value={values.burstSeconds}
                onChange={(burstSeconds) => onChange({ burstSeconds })}
              />
            </Field>
          </div>
        )}
        <Checkbox
          label="Refuse requests over the quota"
          checked={values.stopOnQuota}
          onChange={(stopOnQuota) => onChange({ stopOnQuota })}
        />
      </>
    )}
    {values.level === 'advanced' && (
      <Checkbox
        label="Count each user separately"
        checked={values.perUser}
        onChange={(perUser) => onChange({ perUser })}
      />
    )}
  </>
);
