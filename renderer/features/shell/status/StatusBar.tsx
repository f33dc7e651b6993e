import { KeyRound, Lock, Presentation, TerminalSquare } from 'lucide-react';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useMinting } from '../../../store/hooks/topics/useDevices.ts';
import { useKeysOf, useRoute } from '../../../store/hooks/window/window.ts';
import { runShortcut } from '../../../store/runShortcut.ts';
import { hasContext, hrefOf } from '../../../store/window/route.ts';
import { Kbd } from '../../../ui/buttons/Kbd.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { Tooltip } from '../../../ui/overlays/Tooltip.tsx';
import { ClipboardChip } from './ClipboardChip.tsx';
import { ClockChip } from './ClockChip.tsx';
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
        onClick={() => runShortcut('lock', keyfob)}
      >
        <Lock aria-hidden size={13} />
        <span className={styles.label}>Lock</span>
      </button>
    </Tooltip>
  );
};

const recoveryTexts = {
  none: { label: 'Create a recovery key', tip: 'No recovery key yet' },
  unconfirmed: { label: 'Save your recovery key', tip: 'Recovery key not confirmed' },
  confirmed: undefined,
} as const;

/** Stays until a person confirms the recovery key. */
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

const PresentingChip = () => {
  const { on, toggle } = useKeyfobState((state) => state.presenting);
  return (
    <Tooltip content={on ? 'Show secrets again' : 'Hide all secrets while others see this screen (presentation mode)'}>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={on}
        aria-keyshortcuts={useKeysOf('present').aria}
        onClick={toggle}
      >
        <Presentation aria-hidden size={13} />
        <span className={styles.label}>{on ? 'Secrets hidden' : 'Hide secrets'}</span>
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
      Minting {formatCount(done)} of {formatCount(total)}
    </a>
  );
};

const SnippetChip = () => {
  const { snippetPane, toggleSnippetPane } = useKeyfobState((state) => state.layout);
  const keys = useKeysOf('snippetPane');
  const { screen } = useRoute();
  if (!hasContext(screen)) return null;
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
        <span className={styles.label}>Snippets</span>
      </button>
    </Tooltip>
  );
};

/** Status and quick actions below every screen. */
export const StatusBar = () => (
  <footer className={styles.root} data-edge="bottom">
    <EndpointChip />
    <VaultChip />
    <RecoveryChip />
    <ClockChip />
    <span className={styles.gap} />
    <ClipboardChip />
    <MintingChip />
    <PresentingChip />
    <SnippetChip />
  </footer>
);
