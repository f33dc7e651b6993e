import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import styles from '../settings.module.css';
import { BackupItems, type Side } from './BackupItems.tsx';
import { readBackup } from './backupFile.ts';

type Opened = { readonly file: string; readonly opensWith: 'passphrase' | 'identity' };
type Preview = OutputOf<MethodOf<'backup.preview'>>;

/** Gives the chosen file, and how it is opened. */
function useChosenFile(onChange: () => void) {
  const { host } = useKeyfob();
  const [opened, setOpened] = useState<Opened>();
  const [fault, setFault] = useState<string>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = target.files ?? [];
    setOpened(undefined);
    setFault(undefined);
    onChange();
    if (chosen === undefined) return;
    try {
      const file = await readBackup(chosen);
      const { opensWith } = await host.call('backup.inspect', { file });
      setOpened({ file, opensWith });
    } catch (error) {
      setFault(asKeyfobError(error).message);
    }
  };
  return { opened, fault, choose };
}

interface BackupFieldsProps {
  readonly opened: Opened | undefined;
  readonly onFile: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly secret: string;
  readonly onSecret: (secret: string) => void;
}

/** The backup file, and the secret that opens it. */
const BackupFields = ({ opened, onFile, secret, onSecret }: BackupFieldsProps) => (
  <>
    <Field label="Backup file">
      <TextInput type="file" onChange={onFile} />
    </Field>
    {opened !== undefined && (
      <Field
        label={opened.opensWith === 'passphrase' ? 'Backup passphrase' : 'Private key'}
        hint={opened.opensWith === 'identity' ? 'The key of one of its recipients: AGE-SECRET-KEY-1…' : undefined}
      >
        <PasswordInput autoComplete="off" value={secret} onChange={(event) => onSecret(event.target.value)} />
      </Field>
    )}
  </>
);

/** Opens a backup, shows its changes, and imports it. File and key stay in this component. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const toast = useToast();
  const [secret, setSecret] = useState('');
  const [preview, setPreview] = useState<Preview>();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const looking = useCall('backup.preview');
  const taking = useCall('backup.import');
  const { opened, fault, choose } = useChosenFile(looking.reset);
  const busy = looking.pending || taking.pending;
  const conflicts = preview?.items.filter(({ state }) => state === 'conflict') ?? [];
  const undecided = conflicts.filter(({ item }) => sides[item] === undefined).length;
  const changes = preview?.items.some(({ state, item }) => state === 'new' || sides[item] === 'theirs') ?? false;

  const opening = () => {
    const { file = '', opensWith } = opened ?? {};
    return opensWith === 'passphrase' ? { file, backupPassphrase: secret } : { file, backupIdentity: secret };
  };
  const itemsOf = (side: Side) => conflicts.filter(({ item }) => sides[item] === side).map(({ item }) => item);
  const take = async () => {
    const done = await taking.run({ ...opening(), mine: itemsOf('mine'), theirs: itemsOf('theirs') });
    if (done === undefined) return;
    const { applications, tokens, users } = done.written;
    const detail = `${countOf(applications, 'application')}, ${countOf(tokens, 'token')}, ${countOf(users, 'user')}. ${formatCount(done.kept)} kept unchanged.`;
    toast({ tone: 'good', title: 'Backup imported', detail });
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (preview === undefined) void looking.run(opening()).then(setPreview);
    else void take();
  };
  const error = fault ?? looking.error?.message ?? taking.error?.message;
  const cancel = () => (taking.pending ? taking.cancel() : looking.pending ? looking.cancel() : onClose());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={busy}
      size={preview === undefined ? 'medium' : 'large'}
      title={preview === undefined ? 'Open backup' : 'Preview of this backup'}
      description={
        preview === undefined
          ? 'Choose a Keyfob or age file. Nothing changes until you confirm.'
          : `Created ${formatInstant(preview.createdAtMs)} by Keyfob ${preview.createdBy}. Imported completely, or not at all.`
      }
      onSubmit={submit}
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          {preview === undefined ? (
            <Button type="submit" look="primary" loading={busy} disabled={opened === undefined || secret === ''}>
              Preview
            </Button>
          ) : (
            <Button type="submit" look="primary" loading={busy} disabled={undecided > 0 || !changes}>
              Import
            </Button>
          )}
        </>
      }
    >
      <div className={styles.fields}>
        {error !== undefined && (
          <ErrorNote title={preview === undefined ? 'Backup not opened.' : 'Nothing was imported.'}>{error}</ErrorNote>
        )}
        {preview === undefined && (
          <BackupFields opened={opened} onFile={(event) => void choose(event)} secret={secret} onSecret={setSecret} />
        )}
        {preview !== undefined && (
          <BackupItems items={preview.items} sides={sides} onChange={setSides} disabled={busy} />
        )}
        {taking.progress !== undefined && (
          <Progress label="Importing" value={taking.progress.done} max={taking.progress.total} />
        )}
      </div>
    </Dialog>
  );
};
