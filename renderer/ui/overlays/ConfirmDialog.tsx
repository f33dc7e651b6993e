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

interface LossesProps {
  readonly title: string;
  readonly losses: readonly string[];
  readonly count: number;
}

const Losses = ({ title, losses, count }: LossesProps) => (
  <section className={styles.losses}>
    <h3>{title}</h3>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
    <ul tabIndex={0} aria-label={title}>
      {losses.map((loss) => (
        <li key={loss}>{loss}</li>
      ))}
      {count > losses.length && <li>and {formatCount(count - losses.length)} more</li>}
    </ul>
  </section>
);

/** Runs the action and closes the dialog, or keeps it open with the error's message. */
function useConfirm({ onOpenChange, onConfirm }: Pick<ConfirmDialogProps, 'onOpenChange' | 'onConfirm'>) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const change = (next: boolean) => {
    if (busy) return;
    setFault(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, change, confirm };
}

/** Confirms an action that can't be undone, and names the losses. The focus starts on Cancel. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { open, title, description, losses = [], lossCount = losses.length, confirmLabel } = props;
  const { progress, nameToType } = props;
  const [typed, setTyped] = useState('');
  const { busy, fault, change, confirm } = useConfirm(props);
  const giveBack = useOpener(open);
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
              <Losses title={props.lossesTitle ?? 'This is lost'} losses={losses} count={lossCount} />
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
