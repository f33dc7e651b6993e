import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './StageForm.module.css';

interface StageFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** Which element has the focus first, as a selector within the form; nothing yet when undefined. */
  readonly focus: string | undefined;
  /** Buttons at the start of the last line: back, later. */
  readonly aside?: ReactNode;
  /** Buttons at its end, the one that does it last. */
  readonly buttons: ReactNode;
  readonly children?: ReactNode;
}

/** One thing to do: what it needs, and the buttons. Enter does it from every field and every choice. */
export const StageForm = ({ onSubmit, focus, aside, buttons, children }: StageFormProps) => {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Who has begun to type or choose is left alone.
    if (focus === undefined || form.current?.contains(document.activeElement)) return;
    form.current?.querySelector<HTMLElement>(focus)?.focus();
  }, [focus]);
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    // A radio card is a button to the browser, and Enter on it would choose it again at most.
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
