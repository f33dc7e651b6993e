import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import styles from './endpoint.module.css';

interface CopyableProps {
  readonly text: string;
  /** Name of the text: "token URL". */
  readonly what: string;
}

/** A URL, path or key with a copy button. */
export const Copyable = ({ text, what }: CopyableProps) => (
  <span className={styles.copyable}>
    <code>{text}</code>
    <CopyButton getText={() => text} what={what} />
  </span>
);
