import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useContext, useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './CopyButton.module.css';
import { ClipboardContext } from './clipboard.ts';
import { IconButton } from './IconButton.tsx';
import { VisuallyHidden } from './VisuallyHidden.tsx';

interface CopyButtonProps {
  /** Gives the text when it is asked for, so that a secret need not lie around. */
  readonly getText: () => string | Promise<string>;
  /** What it copies, as the news call it too: "consumer key" makes "Copy the consumer key" and "Consumer key copied". */
  readonly what: string;
  /** Shown as a button with these words, else as a sign. */
  readonly label?: string;
  readonly look?: 'primary' | 'secondary' | 'ghost';
  /** Whether the clipboard should be cleared of it again. */
  readonly secret?: boolean;
  /** Large with a label only. */
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
      // The browser may forbid it, or the value is not to be had: the sign says that nothing was copied, and why.
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
            {/* All of them, one above the other: the button keeps its width, whichever is shown. */}
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
