import { Field } from './Field.tsx';
import { TextInput } from './TextInput.tsx';

/** Above this many losses a press is too little: the name has to be typed. */
export const manyLosses = 200;

interface NameToTypeProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Asks to type a name, before much is deleted. */
export const NameToType = ({ name, value, onChange }: NameToTypeProps) => (
  <Field label={`Type ${name} to confirm`}>
    <TextInput value={value} onChange={(event) => onChange(event.target.value)} />
  </Field>
);
