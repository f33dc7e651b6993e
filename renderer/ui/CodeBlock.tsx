import { WrapText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';

interface CodeBlockProps {
  readonly text: string;
  /** What it is: "curl command". */
  readonly label: string;
  /** What is copied, when that is not what is shown. */
  readonly getText?: () => string | Promise<string>;
  readonly secret?: boolean;
  /** Begins with its long lines wrapped. */
  readonly wrap?: boolean;
  /** They were wrapped, or no longer. */
  readonly onWrap?: (wraps: boolean) => void;
  /** Words on the copy button, where copying is what one came for. */
  readonly copyLabel?: string;
  /** More buttons in its bar. */
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

/** Text for machines, as it is: long lines scroll, or wrap on demand. */
export const CodeBlock = ({
  text,
  label,
  getText,
  secret = false,
  wrap = false,
  onWrap,
  copyLabel,
  actions,
  className,
}: CodeBlockProps) => {
  const [wraps, setWraps] = useState(wrap);
  return (
    <figure className={classes(styles.root, className)}>
      <figcaption className={styles.bar}>
        <span className={styles.label}>{label}</span>
        {actions}
        <IconButton
          icon={WrapText}
          name="Wrap long lines"
          size="small"
          aria-pressed={wraps}
          onClick={() => {
            setWraps(!wraps);
            onWrap?.(!wraps);
          }}
        />
        <CopyButton
          getText={getText ?? (() => text)}
          what={label}
          secret={secret}
          {...(copyLabel !== undefined && { label: copyLabel, look: 'primary' })}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard */}
      <section className={classes(styles.text, wraps && styles.wraps)} tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
    </figure>
  );
};
