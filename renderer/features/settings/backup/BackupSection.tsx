import { useState } from 'react';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import styles from '../settings.module.css';
import { ExportDialog } from './ExportDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';

/** Creates and imports encrypted backups. */
export const BackupSection = () => {
  const [task, setTask] = useState<'export' | 'import'>();
  const close = () => setTask(undefined);
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
      {task === 'export' && <ExportDialog onClose={close} />}
      {task === 'import' && <ImportDialog onClose={close} />}
    </>
  );
};
