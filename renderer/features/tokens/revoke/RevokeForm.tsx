import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { manyLosses, NameToType } from '../../../ui/overlays/NameToType.tsx';
import styles from './RevokeForm.module.css';
import type { RevokeTarget } from './revocation.ts';
import { useRevoke } from './useRevoke.ts';

interface RevokeFormProps {
  readonly title: string;
  /** `undefined` until it is chosen. A new object counts again. */
  readonly target: RevokeTarget | undefined;
  readonly onClose: () => void;
  /** The controls that choose the target. */
  readonly children?: ReactNode;
}

const Names = ({ names, count }: { readonly names: readonly string[]; readonly count: number }) => (
  <section className={styles.losses} aria-label="Tokens that stop working">
    <h3>{count === 1 ? 'This token stops working' : `These ${countOf(count, 'token')} stop working`}</h3>
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
      {count > names.length && <li className={styles.more}>and {formatCount(count - names.length)} more</li>}
    </ul>
  </section>
);

/** Confirms a revocation and names its tokens. Shows progress, and can stop. */
export const RevokeForm = ({ title, target, onClose, children }: RevokeFormProps) => {
  const revoke = useRevoke(target);
  const { losses, progress, running } = revoke;
  const count = losses?.count ?? 0;
  const [typed, setTyped] = useState('');
  const name = target?.kind === 'all' ? target.name : countOf(count, 'token');
  const asksName = count > manyLosses;
  const ready = count > 0 && (!asksName || typed.trim() === name);
  const confirm = async () => {
    if (ready && (await revoke.run())) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={running}
      size="small"
      title={title}
      description="Access and refresh tokens stop working immediately and for good. Other tokens don't change."
      footer={
        <>
          {running ? <Button onClick={revoke.stop}>Stop</Button> : <Button onClick={onClose}>Cancel</Button>}
          <Button look="danger" loading={running} disabled={!ready && !running} onClick={() => void confirm()}>
            {count === 0 ? 'Revoke' : `Revoke ${countOf(count, 'token')}`}
          </Button>
        </>
      }
    >
      {children}
      {target !== undefined && losses === undefined && revoke.error === undefined && (
        <Skeleton lines={2} label="Counting active tokens" />
      )}
      {losses !== undefined && !running && count > 0 && <Names names={losses.names} count={count} />}
      {asksName && !running && <NameToType name={name} value={typed} onChange={setTyped} />}
      {losses !== undefined && count === 0 && <p className={styles.none}>Nothing to revoke: none of them is active.</p>}
      {running && <Progress label="Revoking" value={progress?.done} max={progress?.total ?? count} />}
      {revoke.error !== undefined && (
        <ErrorNote title="Not all of them were revoked.">{revoke.error.message}</ErrorNote>
      )}
    </Dialog>
  );
};
