import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import styles from './settings.module.css';

/** Encrypted backups, out and in. */
export const BackupSection = () => {
  const [task, setTask] = useState<'export' | 'import'>();
  const close = () => setTask(undefined);
  return (
    <>
      <Section
        title="Back up"
        description="Writes applications with keys and tokens, users, scopes and settings into one encrypted file, which the age tool opens too."
        actions={<Button onClick={() => setTask('export')}>Make a backup…</Button>}
      >
        <p className={styles.mode}>
          The file holds every secret, so its passphrase is worth as much as the vault's. The certificate authority
          stays here: another machine makes its own.
        </p>
      </Section>
      <Section
        title="Restore, or move to another machine"
        description="Opens a backup of this machine or another, and says what is new, equal or in conflict before anything is written."
        actions={<Button onClick={() => setTask('import')}>Open a backup…</Button>}
      >
        <p className={styles.mode}>Tokens that come along stay valid, with the values they have.</p>
      </Section>
      {task === 'export' && <ExportDialog onClose={close} />}
      {task === 'import' && <ImportDialog onClose={close} />}
    </>
  );
};
