import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useState } from 'react';
import { type FieldErrors, type UseFormRegisterReturn, useForm } from 'react-hook-form';
import type { BackupTokens } from '../../../../preload/contract/backup.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { download } from '../../../ui/download.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { sizeWords } from '../about/report.ts';
import { chosenPassphrase } from '../newPassphrase.ts';
import styles from '../settings.module.css';
import { backupName, bytesOf } from './backupFile.ts';

type Key = 'passphrase' | 'recipient';

const everything = {
  segments: [
    { value: 'all', label: 'Everything' },
    { value: 'some', label: 'Some applications' },
  ],
} as const;

interface ContentsProps {
  readonly extent: 'all' | 'some';
  readonly onExtent: (extent: 'all' | 'some') => void;
  /** Ids of the chosen applications. */
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

/** Chooses everything, or some applications. */
const Contents = ({ extent, onExtent, chosen, onChoose }: ContentsProps) => {
  const applications = useRead('applications.list', {}).value?.items ?? [];
  return (
    <>
      <SegmentedControl aria-label="Contents" {...everything} value={extent} onChange={onExtent} />
      {extent === 'some' && (
        <fieldset className={styles.choices}>
          <legend>Applications, with the users and scopes they need</legend>
          {applications.length === 0 && 'No applications yet.'}
          {applications.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.includes(String(id))}
              onChange={(on) => onChoose(on ? [...chosen, String(id)] : chosen.filter((other) => other !== String(id)))}
            />
          ))}
        </fieldset>
      )}
    </>
  );
};

interface EncryptionProps {
  readonly keyKind: Key;
  readonly onKeyKind: (key: Key) => void;
  readonly recipient: string;
  readonly onRecipient: (recipient: string) => void;
  readonly newPassphrase: UseFormRegisterReturn;
  readonly again: UseFormRegisterReturn;
  readonly errors: FieldErrors<{ newPassphrase: string; again: string }>;
}

/** Chooses a passphrase or an age key. */
const Encryption = (props: EncryptionProps) => {
  const { keyKind, onKeyKind, recipient, onRecipient, newPassphrase, again, errors } = props;
  return (
    <>
      <Field label="Encrypt with">
        <SegmentedControl
          segments={[
            { value: 'passphrase', label: 'Passphrase' },
            { value: 'recipient', label: 'age key' },
          ]}
          value={keyKind}
          onChange={onKeyKind}
        />
      </Field>
      {keyKind === 'recipient' ? (
        <Field label="Recipients" hint="Public keys, age1…, separated by spaces.">
          <TextInput mono value={recipient} onChange={(event) => onRecipient(event.target.value)} />
        </Field>
      ) : (
        <>
          <Field
            label="Backup passphrase"
            error={errors.newPassphrase?.message}
            hint="At least 8 characters; four or five words are easy to remember. It can't be opened without it."
          >
            <PasswordInput {...newPassphrase} />
          </Field>
          <Field label="Repeat passphrase" error={errors.again?.message}>
            <PasswordInput {...again} />
          </Field>
        </>
      )}
    </>
  );
};

/** Creates a backup and saves it as a download. */
export const ExportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const toast = useToast();
  const { run, pending, error, cancel } = useCall('backup.export');
  const [extent, setExtent] = useState<'all' | 'some'>('all');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [tokens, setTokens] = useState<BackupTokens>('all');
  const [key, setKey] = useState<Key>('passphrase');
  const [recipient, setRecipient] = useState('');
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(chosenPassphrase),
    defaultValues: { newPassphrase: '', again: '' },
  });
  const { errors } = formState;

  const make = async (opening: { backupPassphrase: string } | { recipients: string[] }) => {
    const made = await run({ ...opening, tokens, ...(extent === 'some' && { applications: [...chosen] }) });
    if (made === undefined) return;
    const name = backupName(new Date());
    download(name, bytesOf(made.file), 'application/octet-stream');
    const { contents } = made;
    const left =
      made.leftOut === 0 ? '' : ` Left out, because only hashes are kept: ${countOf(made.leftOut, 'token')}.`;
    const detail = `${sizeWords(made.bytes)}: ${countOf(contents.applications, 'application')}, ${countOf(contents.tokens, 'token')}.${left}`;
    toast({ tone: 'good', title: `Backup created: ${name}`, detail });
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (key === 'recipient') void make({ recipients: recipient.split(/[\s,]+/).filter(Boolean) });
    else void handleSubmit(({ newPassphrase }) => make({ backupPassphrase: newPassphrase }))(event);
  };
  const nothingChosen = extent === 'some' && chosen.length === 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={pending}
      title="Create backup"
      description="One encrypted file, saved to your Downloads folder."
      onSubmit={submit}
      footer={
        <>
          <Button onClick={pending ? cancel : onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={pending} disabled={nothingChosen}>
            Create backup
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {error !== undefined && <ErrorNote title="No backup was created.">{error.message}</ErrorNote>}
        <Contents extent={extent} onExtent={setExtent} chosen={chosen} onChoose={setChosen} />
        <Field label="Tokens">
          <SegmentedControl
            segments={[
              { value: 'all', label: 'All, with history' },
              { value: 'live', label: 'Active ones' },
              { value: 'none', label: 'None' },
            ]}
            value={tokens}
            onChange={setTokens}
          />
        </Field>
        <Encryption
          keyKind={key}
          onKeyKind={setKey}
          recipient={recipient}
          onRecipient={setRecipient}
          newPassphrase={register('newPassphrase')}
          again={register('again')}
          errors={errors}
        />
      </div>
    </Dialog>
  );
};
