import { WrapText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import { classes } from '../classes.ts';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';

interface CodeBlockProps {
  readonly text: string;
  /** Name of the text: "curl command". */
  readonly label: string;
  /** Gives the text to copy, where it differs from the shown one. */
  readonly getText?: () => string | Promise<string>;
  readonly secret?: boolean;
  /** Whether long lines wrap at first. */
  readonly wrap?: boolean;
  /** Called when wrapping is turned on or off. */
  readonly onWrap?: (wraps: boolean) => void;
  /** Label of the copy button, where copying is the main purpose. */
  readonly copyLabel?: string;
  /** More buttons in its bar. */
  readonly actions?: ReactNode;
  /** Buttons after the copy button. */
  readonly after?: ReactNode;
  readonly className?: string | undefined;
}

/** Code, unchanged: long lines scroll, or wrap on demand. */
export const CodeBlock = ({
  text,
  label,
  getText,
  secret = false,
  wrap = false,
  onWrap,
  copyLabel,
  actions,
  after,
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
        {after}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard */}
      <section className={classes(styles.text, wraps && styles.wraps)} tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
    </figure>
  );
};
