import { Clock, History, KeyRound, Lock, Presentation, TerminalSquare } from 'lucide-react';
import { useClockOffsetSeconds } from '../../store/clock.ts';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { useMinting } from '../../store/devices.ts';
import { useKeysOf } from '../../store/keymap.ts';
import { useRead } from '../../store/reads.ts';
import { hrefOf } from '../../store/route.ts';
import { shortcuts } from '../../store/shortcuts.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { EndpointChip } from './EndpointChip.tsx';
import styles from './StatusBar.module.css';

const VaultChip = () => {
  const keyfob = useKeyfob();
  const mode = useRead('vault.status', {}).value?.mode;
  return (
    <Tooltip content={`Lock the vault (${mode ?? 'vault'}), and stop the endpoint`}>
      <button
        type="button"
        className={styles.chip}
        aria-keyshortcuts={useKeysOf('lock').aria}
        onClick={() => shortcuts.lock.run(keyfob)}
      >
        <Lock aria-hidden size={13} />
        Lock
      </button>
    </Tooltip>
  );
};

const recoveryTexts = {
  none: { label: 'Create a recovery key', tip: 'No recovery key yet' },
  unconfirmed: { label: 'Save your recovery key', tip: 'Recovery key not confirmed' },
  confirmed: undefined,
} as const;

/** Stays until a person confirmed to have the recovery key. */
const RecoveryChip = () => {
  const status = useRead('vault.status', {}).value;
  const texts = status && recoveryTexts[status.recoveryKey];
  if (texts === undefined) return null;
  return (
    <Tooltip content={texts.tip}>
      <a className={styles.chip} href={hrefOf({ screen: 'settings', section: 'vault' })} data-moved>
        <KeyRound aria-hidden size={13} />
        {texts.label}
      </a>
    </Tooltip>
  );
};

const ClockChip = () => {
  const offsetSeconds = useClockOffsetSeconds();
  const Icon = offsetSeconds === 0 ? Clock : History;
  return (
    <a className={styles.chip} href={hrefOf({ screen: 'settings', section: 'clock' })} data-moved={offsetSeconds !== 0}>
      <Icon aria-hidden size={13} />
      {offsetSeconds === 0 ? 'Real time' : 'Clock moved'}
    </a>
  );
};

const PresentingChip = () => {
  const { on, toggle } = useKeyfobState((state) => state.presenting);
  return (
    <Tooltip content={on ? 'Secrets may be shown again' : 'Hide all secrets while others see this screen'}>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={on}
        aria-keyshortcuts={useKeysOf('present').aria}
        onClick={toggle}
      >
        <Presentation aria-hidden size={13} />
        {on ? 'Presenting: secrets hidden' : 'Present'}
      </button>
    </Tooltip>
  );
};

const MintingChip = () => {
  const { minting } = useMinting();
  if (minting === undefined) return null;
  const { done, total } = minting.progress;
  return (
    <a className={styles.chip} href={hrefOf({ screen: 'devices' })}>
      Minting {done} of {total}
    </a>
  );
};

const SnippetChip = () => {
  const { snippetPane, toggleSnippetPane } = useKeyfobState((state) => state.layout);
  const keys = useKeysOf('snippetPane');
  return (
    <Tooltip
      content={
        <>
          Snippets <Kbd keys={keys.shown} />
        </>
      }
    >
      <button
        type="button"
        className={styles.chip}
        aria-pressed={snippetPane}
        aria-keyshortcuts={keys.aria}
        onClick={toggleSnippetPane}
      >
        <TerminalSquare aria-hidden size={13} />
        Snippets
      </button>
    </Tooltip>
  );
};

/** What runs and how things stand, at the foot of every screen. */
export const StatusBar = () => (
  <footer className={styles.root}>
    <EndpointChip />
    <VaultChip />
    <RecoveryChip />
    <ClockChip />
    <span className={styles.gap} />
    <MintingChip />
    <PresentingChip />
    <SnippetChip />
  </footer>
);
