import { useState } from 'react';
import { apis } from '../../../preload/contract/apis.ts';
import { SegmentedControl } from '../../ui/choices/SegmentedControl.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import styles from './apis.module.css';

type Kind = 'echo' | 'url' | 'none';

const kinds = [
  { value: 'echo', label: 'Echo' },
  { value: 'url', label: 'URL' },
  { value: 'none', label: 'None' },
] as const;

const schema = apis.create.input.shape.productionBackend;

const kindOf = (backend: string | null): Kind => (backend === null ? 'none' : backend === 'echo' ? 'echo' : 'url');

/** Gives the problem of a typed backend. */
export function backendFault(backend: string | null): string | undefined {
  if (backend === '') return 'Enter the URL of the backend, like http://localhost:3000.';
  return schema.safeParse(backend).error?.issues[0]?.message;
}

interface BackendFieldProps {
  readonly label: string;
  /** A URL, `echo`, or `null` for none. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}

/** Where requests are forwarded: the built-in echo, a URL, or nowhere. */
export const BackendField = ({ label, value, onChange, error, hint }: BackendFieldProps) => {
  const [url, setUrl] = useState(kindOf(value) === 'url' ? (value ?? '') : '');
  /** A half-typed URL shows no error yet. */
  const [typing, setTyping] = useState(false);
  const kind = kindOf(value);
  const choose = (next: Kind) => onChange(next === 'none' ? null : next === 'echo' ? 'echo' : url);
  return (
    <Field label={label} error={typing ? undefined : error} {...(hint !== undefined && { hint })}>
      <div className={styles.backend}>
        <SegmentedControl segments={kinds} value={kind} onChange={choose} />
        {kind === 'url' && (
          <TextInput
            mono
            type="url"
            // The field's id is that of the choice above.
            id={undefined}
            aria-label={`URL of the ${label.toLowerCase()}`}
            placeholder="http://localhost:3000"
            value={value ?? ''}
            onChange={(event) => {
              const typed = event.target.value.trim();
              setTyping(true);
              setUrl(typed);
              // The word alone would choose the built-in backend.
              onChange(typed === 'echo' ? 'http://echo' : typed);
            }}
            onBlur={() => setTyping(false)}
          />
        )}
      </div>
    </Field>
  );
};
