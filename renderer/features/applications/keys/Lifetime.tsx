import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { DurationInput } from '../../../ui/fields/DurationInput.tsx';
import { Field } from '../../../ui/fields/Field.tsx';

interface LifetimeProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | undefined;
  readonly onChange: (seconds: number | undefined) => void;
  readonly error?: string | undefined;
}

const presets = [900, 3600, 86_400];

/** A token lifetime, with its expiry date if the token were issued now. */
export const Lifetime = ({ label, hint, value, onChange, error }: LifetimeProps) => (
  // The input shows its own error while the text is no duration.
  <Field label={label} error={value === undefined ? undefined : error} {...(hint !== undefined && { hint })}>
    <DurationInput value={value} onChange={onChange} nowMs={useTokenNowMs()} presets={presets} />
  </Field>
);
