import { KeyRound, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../store/reads.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import { DataKeySection } from './DataKeySection.tsx';
import { LockSettings } from './LockSettings.tsx';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { RecoveryKeyDialog } from './RecoveryKeyDialog.tsx';
import styles from './settings.module.css';
import { ToKeychainDialog } from './ToKeychainDialog.tsx';
import { ToPassphraseDialog } from './ToPassphraseDialog.tsx';

type Task = 'passphrase' | 'toPassphrase' | 'toKeychain' | 'newRecoveryKey' | 'confirmRecoveryKey' | 'newDataKey';

/** How the vault is kept, its recovery key and data key, and when it is locked. */
export const VaultSection = () => {
  const status = useRead('vault.status', {}).value;
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  const inKeychain = status?.mode === 'keychain';
  const unconfirmed = status?.recoveryKey === 'unconfirmed';
  return (
    <>
      <Section
        title="How the vault is kept"
        actions={
          inKeychain ? (
            <Button onClick={() => setTask('toPassphrase')}>Use a passphrase instead…</Button>
          ) : (
            <>
              <Button onClick={() => setTask('passphrase')}>Change the passphrase…</Button>
              <Button onClick={() => setTask('toKeychain')}>Use the keychain instead…</Button>
            </>
          )
        }
      >
        <p className={styles.mode}>
          {inKeychain ? <KeyRound aria-hidden size={16} /> : <LockKeyhole aria-hidden size={16} />}
          {inKeychain
            ? "In this system's keychain: nothing to type, Keyfob opens while you are logged in."
            : 'Under a passphrase: you type it when Keyfob starts and after a lock.'}
        </p>
      </Section>
      <Section
        title="Recovery key"
        description="Opens the vault when the passphrase is forgotten or the keychain lost its entry. It is shown once, when it is made."
        actions={<Button onClick={() => setTask('newRecoveryKey')}>Make a new one…</Button>}
        plain={unconfirmed}
      >
        {unconfirmed ? (
          <Banner
            tone="warn"
            title="Nobody has confirmed it yet."
            actions={
              <Button size="small" onClick={() => setTask('confirmRecoveryKey')}>
                Confirm…
              </Button>
            }
          >
            Without a copy of it, a forgotten passphrase or a lost keychain entry means that every secret here is lost.
          </Banner>
        ) : (
          <p className={styles.mode}>
            <Badge tone="good">Confirmed</Badge>
            You showed that you have a copy of it.
          </p>
        )}
      </Section>
      <DataKeySection status={status} onReplace={() => setTask('newDataKey')} />
      <LockSettings />
      {task === 'passphrase' && <PassphraseDialog onClose={close} />}
      {task === 'toPassphrase' && <ToPassphraseDialog onClose={close} />}
      {task === 'toKeychain' && <ToKeychainDialog onClose={close} />}
      {task === 'newRecoveryKey' && <RecoveryKeyDialog task="new" onClose={close} />}
      {task === 'newDataKey' && <RecoveryKeyDialog task="newDataKey" asksPassphrase={!inKeychain} onClose={close} />}
      {task === 'confirmRecoveryKey' && <RecoveryKeyDialog task="confirm" onClose={close} />}
    </>
  );
};
