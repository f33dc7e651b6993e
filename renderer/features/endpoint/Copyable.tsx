import { CopyButton } from '../../ui/CopyButton.tsx';
import styles from './endpoint.module.css';

interface CopyableProps {
  readonly text: string;
  /** What it is: "token URL". */
  readonly what: string;
}

/** A text of machines with a button that copies it. */
export const Copyable = ({ text, what }: CopyableProps) => (
  <span className={styles.copyable}>
    <code>{text}</code>
    <CopyButton getText={() => text} what={what} />
  </span>
);
