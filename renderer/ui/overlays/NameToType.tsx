import { Field } from '../fields/Field.tsx';
import { TextInput } from '../fields/TextInput.tsx';

/** Above this number of losses, a press is not enough and the name must be typed. */
export const manyLosses = 200;

interface NameToTypeProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Requires a name to be typed before a large deletion. */
export const NameToType = ({ name, value, onChange }: NameToTypeProps) => (
  <Field label={`Type ${name} to confirm`}>
    <TextInput value={value} onChange={(event) => onChange(event.target.value)} />
  </Field>
);
