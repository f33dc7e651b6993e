import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/useCall.ts';
import { useToast } from '../../../store/hooks/window.ts';
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

/** Opens a backup, shows its changes, and imports it. File and key stay in this component. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const [opened, setOpened] = useState<Opened>();
  const [fault, setFault] = useState<string>();
  const [secret, setSecret] = useState('');
  const [preview, setPreview] = useState<Preview>();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const looking = useCall('backup.preview');
  const taking = useCall('backup.import');
  const busy = looking.pending || taking.pending;
  const conflicts = preview?.items.filter(({ state }) => state === 'conflict') ?? [];
  const undecided = conflicts.filter(({ item }) => sides[item] === undefined).length;
  const changes = preview?.items.some(({ state, item }) => state === 'new' || sides[item] === 'theirs') ?? false;

  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = target.files ?? [];
    setOpened(undefined);
    setFault(undefined);
    looking.reset();
    if (chosen === undefined) return;
    try {
      const file = await readBackup(chosen);
      const { opensWith } = await host.call('backup.inspect', { file });
      setOpened({ file, opensWith });
    } catch (error) {
      setFault(asKeyfobError(error).message);
    }
  };
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
          <Field label="Backup file">
            <TextInput type="file" onChange={(event) => void choose(event)} />
          </Field>
        )}
        {preview === undefined && opened !== undefined && (
          <Field
            label={opened.opensWith === 'passphrase' ? 'Backup passphrase' : 'Private key'}
            hint={opened.opensWith === 'identity' ? 'The key of one of its recipients: AGE-SECRET-KEY-1…' : undefined}
          >
            <PasswordInput autoComplete="off" value={secret} onChange={(event) => setSecret(event.target.value)} />
          </Field>
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
