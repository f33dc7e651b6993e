import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './StageForm.module.css';

interface StageFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** A selector within the form for the initial focus. `undefined`: not ready yet. */
  readonly focus: string | undefined;
  /** Buttons at the start of the last line: Back, Later. */
  readonly aside?: ReactNode;
  /** Buttons at its end. The primary one is last. */
  readonly buttons: ReactNode;
  readonly children?: ReactNode;
}

/** The form of a single task. Enter submits it from every field and option. */
export const StageForm = ({ onSubmit, focus, aside, buttons, children }: StageFormProps) => {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Leave the focus alone if a person has begun to type or choose.
    if (focus === undefined || form.current?.contains(document.activeElement)) return;
    form.current?.querySelector<HTMLElement>(focus)?.focus();
  }, [focus]);
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    // A radio card is a button to the browser. Enter would only choose it again.
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || event.target.role !== 'radio') return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  return (
    <form ref={form} className={styles.root} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      {children}
      <footer className={styles.footer}>
        <div className={styles.group}>{aside}</div>
        <div className={styles.group}>{buttons}</div>
      </footer>
    </form>
  );
};
