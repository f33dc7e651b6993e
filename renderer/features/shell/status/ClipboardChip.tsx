import { ClipboardCheck, ClipboardX } from 'lucide-react';
import { useKeyfobState } from '../../../store/context.ts';
import styles from './StatusBar.module.css';

/** When a copied secret is cleared, with Clear now. Hidden while the clipboard holds no secret. */
export const ClipboardChip = () => {
  const { secret, clearNow, allow, dismiss } = useKeyfobState((state) => state.clipboard);
  // The clock may be a second old, so rounding up would start at 31.
  const seconds = useKeyfobState(({ clock, clipboard }) =>
    Math.max(1, Math.floor(((clipboard.secret?.clearAtMs ?? 0) - clock.realMs) / 1000)),
  );
  if (secret === undefined) return null;
  const stays = secret.fate === 'asking' || secret.fate === 'cannot';
  const Icon = stays ? ClipboardX : ClipboardCheck;
  const words = {
    counting: `Clipboard clears in ${seconds} s`,
    waiting: 'Clipboard clears when you return',
    asking: 'Secret stays in the clipboard',
    cannot: 'Secret stays in the clipboard',
  };
  const actions = {
    counting: { label: 'Clear now', run: clearNow },
    waiting: undefined,
    asking: { label: 'Allow clearing', run: allow },
    cannot: { label: 'OK', run: dismiss },
  };
  const action = actions[secret.fate];
  return (
    <span className={styles.note} data-moved={stays}>
      <Icon aria-hidden size={13} />
      {words[secret.fate]}
      {action !== undefined && (
        <button type="button" className={styles.do} onClick={() => void action.run()}>
          {action.label}
        </button>
      )}
    </span>
  );
};

/** The chip for screens without a status bar: the first start and the locked vault. */
export const ClipboardFooter = () => (
  <footer className={styles.alone} data-edge="bottom">
    <ClipboardChip />
  </footer>
);
