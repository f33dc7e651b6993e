import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { FormEvent, ReactNode } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import { classes } from '../classes.ts';
import styles from './Dialog.module.css';
import { isForSuggestions, useOpener } from './useOpener.ts';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
  /** Buttons. The primary one is last. */
  readonly footer?: ReactNode;
  /** Turns the dialog into a form, which Enter and a `type="submit"` button in the footer send. */
  readonly onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  /** Ignores Escape and presses outside, while an uninterruptible action runs. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

/** Gives the first field, or the dialog itself. The default would be the close button, with its tooltip. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const field = dialog.querySelector<HTMLElement>(
    'input:enabled, textarea:enabled, select:enabled, [role="radio"][aria-checked="true"]',
  );
  (field ?? dialog).focus();
}

/** A task that blocks the rest of the window. On close, the focus returns to its previous place. */
export const Dialog = (props: DialogProps) => {
  const { open, onOpenChange, title, description, size = 'medium', footer, onSubmit, busy = false, children } = props;
  const giveBack = useOpener(open);
  const inside = (
    <>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </>
  );
  return (
    <Radix.Root open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={classes(styles.root, styles[size])}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={giveBack}
          onEscapeKeyDown={(event) => isForSuggestions(event) && event.preventDefault()}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className={styles.header}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} name="Close" size="small" disabled={busy} />
            </Radix.Close>
            {description !== undefined && (
              <Radix.Description className={styles.description} asChild>
                <div>{description}</div>
              </Radix.Description>
            )}
          </header>
          {onSubmit === undefined ? (
            inside
          ) : (
            <form className={styles.form} onSubmit={onSubmit} noValidate>
              {inside}
            </form>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
