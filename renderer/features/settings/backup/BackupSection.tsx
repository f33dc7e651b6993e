import { useState } from 'react';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { download } from '../../../ui/download.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import styles from '../settings.module.css';
import { ApplyDialog } from './ApplyDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';

/** Creates and imports encrypted backups, exports and applies a keyfob.yaml. */
export const BackupSection = () => {
  const [task, setTask] = useState<'export' | 'import' | 'apply'>();
  const close = () => setTask(undefined);
  const toast = useToast();
  const exporting = useCall('describe.export');
  const describe = async () => {
    const done = await exporting.run({});
    if (done === undefined) return;
    download('keyfob.yaml', done.text, 'application/yaml');
    const detail = `${countOf(done.variables.length, 'secret')} replaced by names.`;
    toast({ tone: 'good', title: 'Saved keyfob.yaml', detail });
  };
  return (
    <>
      <Section
        title="Back up"
        description="Writes applications with keys and tokens, users, scopes and settings into one encrypted file, which the age tool opens too."
        actions={<Button onClick={() => setTask('export')}>Create backup…</Button>}
      >
        <p className={styles.mode}>
          The file holds every secret, so choose a passphrase as good as the vault's. The certificate authority stays
          here: another machine creates its own.
        </p>
      </Section>
      <Section
        title="Restore, or move to another machine"
        description="Opens a backup and shows what is new, the same or in conflict. Nothing changes until you confirm."
        actions={<Button onClick={() => setTask('import')}>Open backup…</Button>}
      >
        <p className={styles.mode}>Imported tokens stay valid and keep their values.</p>
      </Section>
      <Section
        title="Describe in one file"
        description="A keyfob.yaml describes applications, keys, users, APIs and settings, for your project's repository."
        actions={
          <>
            <Button loading={exporting.pending} onClick={() => void describe()}>
              Export keyfob.yaml
            </Button>
            <Button onClick={() => setTask('apply')}>Apply keyfob.yaml…</Button>
          </>
        }
      >
        <p className={styles.mode}>
          An export holds names in place of secrets, and no tokens. To move to another machine, use a backup.
        </p>
        {exporting.error !== undefined && (
          <ErrorNote title="Nothing was exported.">{exporting.error.message}</ErrorNote>
        )}
      </Section>
      {task === 'apply' && <ApplyDialog onClose={close} />}
      {task === 'export' && <ExportDialog onClose={close} />}
      {task === 'import' && <ImportDialog onClose={close} />}
    </>
  );
};
