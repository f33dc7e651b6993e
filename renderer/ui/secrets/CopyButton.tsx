import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useContext, useEffect, useState } from 'react';
import { Button } from '../buttons/Button.tsx';
import { IconButton } from '../buttons/IconButton.tsx';
import { VisuallyHidden } from '../layout/VisuallyHidden.tsx';
import styles from './CopyButton.module.css';
import { ClipboardContext } from './clipboard.ts';

interface CopyButtonProps {
  /** Gives the text on demand, so that a secret is not kept in memory. */
  readonly getText: () => string | Promise<string>;
  /** Name of the text, also for the toast: "consumer key" gives "Copy the consumer key" and "Consumer key copied". */
  readonly what: string;
  /** Label of the button. Absent: an icon. */
  readonly label?: string;
  readonly look?: 'primary' | 'secondary' | 'ghost';
  /** Whether to clear it from the clipboard later. */
  readonly secret?: boolean;
  /** Large only with a label. */
  readonly size?: 'small' | 'medium' | 'large';
  readonly disabled?: boolean;
}

type Outcome = 'none' | 'busy' | 'copied' | 'failed';

/** Copies on a press, and says so for two seconds. */
export const CopyButton = ({
  getText,
  what,
  label,
  look,
  secret = false,
  size = 'small',
  disabled,
}: CopyButtonProps) => {
  const write = useContext(ClipboardContext);
  const [outcome, setOutcome] = useState<Outcome>('none');
  const [why, setWhy] = useState('');
  useEffect(() => {
    if (outcome !== 'copied' && outcome !== 'failed') return;
    const timer = setTimeout(() => setOutcome('none'), outcome === 'copied' ? 2000 : 5000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    setOutcome('busy');
    try {
      await write(what.charAt(0).toUpperCase() + what.slice(1), await getText(), secret);
      setOutcome('copied');
    } catch (error) {
      // The browser may refuse, or the value may be unavailable. The icon then says that nothing was copied, and why.
      setWhy(error instanceof Error ? error.message : '');
      setOutcome('failed');
    }
  };
  const name = `Copy the ${what}`;
  const said = { none: name, busy: name, copied: 'Copied', failed: `Nothing was copied. ${why}` }[outcome];
  const icon = { none: Copy, busy: Copy, copied: Check, failed: TriangleAlert }[outcome];
  const shown = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Failed' : label;
  const shared = { icon, disabled, loading: outcome === 'busy', onClick: () => void copy() };
  return (
    <>
      {label === undefined ? (
        <IconButton {...shared} name={name} hint={said} size={size === 'small' ? size : 'medium'} />
      ) : (
        <Button {...shared} size={size} look={look ?? 'secondary'} aria-label={outcome === 'none' ? name : undefined}>
          <span className={styles.words}>
            {/* All labels stacked: the button keeps its width, whichever is shown. */}
            {[label, 'Copied', 'Failed'].map((words) => (
              <span key={words} data-shown={words === shown || undefined}>
                {words}
              </span>
            ))}
          </span>
        </Button>
      )}
      <VisuallyHidden>
        <span role="status">{outcome === 'copied' || outcome === 'failed' ? said : ''}</span>
      </VisuallyHidden>
    </>
  );
};
