import { KeyRound, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import styles from '../settings.module.css';
import { DataKeySection } from './DataKeySection.tsx';
import { LockSettings } from './LockSettings.tsx';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { RecoveryKeyDialog } from './RecoveryKeyDialog.tsx';
import { ToKeychainDialog } from './ToKeychainDialog.tsx';
import { ToPassphraseDialog } from './ToPassphraseDialog.tsx';

const recoveryTexts = {
  none: { title: 'No recovery key yet.', label: 'Create one…', task: 'newRecoveryKey' },
  unconfirmed: { title: 'Recovery key not confirmed.', label: 'Confirm…', task: 'confirmRecoveryKey' },
  confirmed: undefined,
} as const;

type Task = 'passphrase' | 'toPassphrase' | 'toKeychain' | 'newRecoveryKey' | 'confirmRecoveryKey' | 'newDataKey';

/** Where the vault's key is kept, its recovery key and data key, and when it locks. */
export const VaultSection = () => {
  const status = useRead('vault.status', {}).value;
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  const inKeychain = status?.mode === 'keychain';
  const recovery = status && recoveryTexts[status.recoveryKey];
  return (
    <>
      <Section
        title="Where the key is kept"
        actions={
          inKeychain ? (
            <Button onClick={() => setTask('toPassphrase')}>Use a passphrase…</Button>
          ) : (
            <>
              <Button onClick={() => setTask('passphrase')}>Change passphrase…</Button>
              <Button onClick={() => setTask('toKeychain')}>Use the keychain…</Button>
            </>
          )
        }
      >
        <p className={styles.mode}>
          {inKeychain ? <KeyRound aria-hidden size={16} /> : <LockKeyhole aria-hidden size={16} />}
          {inKeychain
            ? "In this system's keychain. Nothing to type: Keyfob opens while you're logged in."
            : 'Under a passphrase. You type it when Keyfob starts and after a lock.'}
        </p>
      </Section>
      <Section
        title="Recovery key"
        description="Opens the vault if you forget your passphrase or lose the keychain entry. We show it only once."
        actions={
          status?.recoveryKey === 'none' ? undefined : (
            <Button onClick={() => setTask('newRecoveryKey')}>Create new key…</Button>
          )
        }
        plain={recovery !== undefined}
      >
        {recovery === undefined ? (
          <p className={styles.mode}>
            <Badge tone="good">Confirmed</Badge>
            You confirmed that you have a copy.
          </p>
        ) : (
          <Banner
            tone="warn"
            title={recovery.title}
            actions={
              <Button size="small" onClick={() => setTask(recovery.task)}>
                {recovery.label}
              </Button>
            }
          >
            Without a saved recovery key, all secrets here are lost if you forget your passphrase or lose the keychain
            entry.
          </Banner>
        )}
      </Section>
      <DataKeySection status={status} onReplace={() => setTask('newDataKey')} />
      <LockSettings />
      {task === 'passphrase' && <PassphraseDialog onClose={close} />}
      {task === 'toPassphrase' && <ToPassphraseDialog onClose={close} />}
      {task === 'toKeychain' && <ToKeychainDialog onClose={close} />}
      {task === 'newRecoveryKey' && <RecoveryKeyDialog task="new" onClose={close} />}
      {task === 'newDataKey' && <RecoveryKeyDialog task="newDataKey" onClose={close} />}
      {task === 'confirmRecoveryKey' && <RecoveryKeyDialog task="confirm" onClose={close} />}
    </>
  );
};
