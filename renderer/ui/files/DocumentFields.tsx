import type { ChangeEvent } from 'react';
import { SegmentedControl } from '../choices/SegmentedControl.tsx';
import { Field } from '../fields/Field.tsx';
import { TextArea } from '../fields/TextArea.tsx';
import { TextInput } from '../fields/TextInput.tsx';

/** A document that is chosen as a file, or pasted. */
export interface DocumentSource {
  readonly from: 'file' | 'text';
  readonly file: File | undefined;
  readonly text: string;
}

export const noDocument: DocumentSource = { from: 'file', file: undefined, text: '' };

export const hasDocument = ({ from, file, text }: DocumentSource): boolean =>
  from === 'file' ? file !== undefined : text.trim() !== '';

const sources = [
  { value: 'file', label: 'File' },
  { value: 'text', label: 'Text' },
] as const;

interface DocumentFieldsProps {
  readonly source: DocumentSource;
  readonly onChange: (patch: Partial<DocumentSource>) => void;
  /** Names the choice between file and text for assistive technology. */
  readonly name: string;
  readonly fileLabel: string;
  readonly textLabel: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  /** Endings of the files that the file dialog offers; without it, all. */
  readonly accept?: string;
  readonly placeholder?: string;
}

/** Chooses a file, or takes pasted text. */
export const DocumentFields = ({ source, onChange, name, accept, placeholder, ...props }: DocumentFieldsProps) => {
  const { fileLabel, textLabel, ...shared } = props;
  return (
    <>
      <SegmentedControl
        aria-label={name}
        segments={sources}
        value={source.from}
        onChange={(from) => onChange({ from })}
      />
      {source.from === 'file' ? (
        <Field label={fileLabel} {...shared}>
          <TextInput
            type="file"
            accept={accept}
            onChange={({ target }: ChangeEvent<HTMLInputElement>) => onChange({ file: target.files?.[0] })}
          />
        </Field>
      ) : (
        <Field label={textLabel} {...shared}>
          <TextArea
            mono
            rows={8}
            placeholder={placeholder}
            value={source.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Field>
      )}
    </>
  );
};
