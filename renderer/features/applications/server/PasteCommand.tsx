import { WandSparkles } from 'lucide-react';
import { type ClipboardEvent, useState } from 'react';
import type { ReadCommand } from '../../../../preload/contract/keys.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextArea } from '../../../ui/fields/TextArea.tsx';
import styles from './server.module.css';

/** Reads a pasted sample command or file, and hands on its values. The text goes, because it holds the secret in clear. */
export const PasteCommand = ({ onRead }: { readonly onRead: (read: ReadCommand) => void }) => {
  const call = useCall('keys.readCommand');
  const [text, setText] = useState('');
  const [warnings, setWarnings] = useState<readonly string[]>();
  const read = async (command: string) => {
    const found = await call.run({ command });
    if (found === undefined) return;
    setText('');
    setWarnings(found.warnings);
    onRead(found);
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!/\bcurl\b|^\s*[{[]/.test(pasted)) return;
    event.preventDefault();
    setText(pasted);
    void read(pasted);
  };
  return (
    <>
      <Field
        label="Sample curl command or keys"
        optional
        hint="A curl command, JSON of Postman or the portal, or lines of a .env file. It fills the fields below and is not stored."
        error={call.error?.message}
        aside={
          <Button
            size="small"
            look="ghost"
            icon={WandSparkles}
            loading={call.pending}
            disabled={text.trim() === ''}
            onClick={() => void read(text)}
          >
            Fill the fields
          </Button>
        }
      >
        <TextArea
          mono
          rows={2}
          placeholder={'curl -k -d "grant_type=…" -H "Authorization: Basic …" https://gw.example.com:8243/token'}
          value={text}
          onPaste={paste}
          onChange={(event) => {
            call.reset();
            setText(event.target.value);
          }}
        />
      </Field>
      {warnings !== undefined && (
        <Banner tone={warnings.length === 0 ? 'good' : 'info'} title="Filled from the text.">
          {warnings.length > 0 && (
            <ul className={styles.warnings}>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </Banner>
      )}
    </>
  );
};
