import styles from './Copyable.module.css';
import { CopyButton } from './CopyButton.tsx';

interface CopyableProps {
  readonly text: string;
  /** Name of the text: "token URL". */
  readonly what: string;
}

/** A URL, path or key with a copy button. */
export const Copyable = ({ text, what }: CopyableProps) => (
  <span className={styles.root}>
    <code>{text}</code>
    <CopyButton getText={() => text} what={what} />
  </span>
);
