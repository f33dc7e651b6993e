import { TriangleAlert } from 'lucide-react';
import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from '../buttons/Button.tsx';
import { classes } from '../classes.ts';
import { formatCount } from '../facts/count.ts';
import { Progress } from '../feedback/Progress.tsx';
import styles from './ConfirmDialog.module.css';
import dialog from './Dialog.module.css';
import { NameToType } from './NameToType.tsx';
import { useOpener } from './useOpener.ts';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The question: "Delete the application Shop?" */
  readonly title: string;
  readonly description?: ReactNode;
  /** Names of lost items. */
  readonly losses?: readonly string[];
  /** Total of lost items, when `losses` names only some. */
  readonly lossCount?: number;
  /** Heading of the losses: "These 3 tokens stop working". */
  readonly lossesTitle?: string;
  /** A text to type before confirming, for large losses. */
  readonly nameToType?: string | undefined;
  /** The verb of the question: "Delete". */
  readonly confirmLabel: string;
  readonly look?: 'danger' | 'primary';
  /** Progress of a long action, and a way to stop it. */
  readonly progress?:
    | { readonly label: string; readonly value: number; readonly max: number; readonly onStop: () => void }
    | undefined;
  /** Closes the dialog when it resolves. When it rejects, the dialog stays open with the error's message. */
  readonly onConfirm: () => Promise<void> | void;
}

/** Confirms an action that can't be undone, and names the losses. The focus starts on Cancel. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { open, onOpenChange, title, description, losses = [], lossCount = losses.length, confirmLabel } = props;
  const { progress, nameToType } = props;
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const giveBack = useOpener(open);
  const change = (next: boolean) => {
    if (busy) return;
    setFault(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await props.onConfirm();
      onOpenChange(false);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className={dialog.overlay} />
        <Radix.Content
          className={classes(dialog.root, dialog.small, styles.root)}
          onCloseAutoFocus={giveBack}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <div className={dialog.body}>
            <div className={styles.head}>
              {props.look !== 'primary' && (
                <span className={styles.sign} data-tone="danger">
                  <TriangleAlert aria-hidden size={18} />
                </span>
              )}
              <div className={styles.words}>
                <Radix.Title className={dialog.title}>{title}</Radix.Title>
                {description !== undefined && (
                  <Radix.Description className={dialog.description} asChild>
                    <div>{description}</div>
                  </Radix.Description>
                )}
              </div>
            </div>
            {progress !== undefined && <Progress label={progress.label} value={progress.value} max={progress.max} />}
            {progress === undefined && losses.length > 0 && (
              <section className={styles.losses}>
                <h3>{props.lossesTitle ?? 'This is lost'}</h3>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
                <ul tabIndex={0} aria-label={props.lossesTitle ?? 'This is lost'}>
                  {losses.map((loss) => (
                    <li key={loss}>{loss}</li>
                  ))}
                  {lossCount > losses.length && <li>and {formatCount(lossCount - losses.length)} more</li>}
                </ul>
              </section>
            )}
            {nameToType !== undefined && <NameToType name={nameToType} value={typed} onChange={setTyped} />}
            {fault !== undefined && (
              <p role="alert" className={styles.fault}>
                {fault}
              </p>
            )}
          </div>
          <footer className={dialog.footer}>
            {progress === undefined ? (
              <Radix.Cancel asChild>
                <Button disabled={busy}>Cancel</Button>
              </Radix.Cancel>
            ) : (
              <Button onClick={progress.onStop}>Stop</Button>
            )}
            <Button
              look={props.look ?? 'danger'}
              loading={busy}
              disabled={nameToType !== undefined && typed.trim() !== nameToType}
              onClick={() => void confirm()}
            >
              {confirmLabel}
            </Button>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
