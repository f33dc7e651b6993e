import type { FormEvent, ReactNode } from 'react';
import { Button } from '../buttons/Button.tsx';
import { ErrorNote } from '../feedback/ErrorNote.tsx';
import { Dialog } from './Dialog.tsx';

interface PreviewDialogProps {
  readonly title: string;
  readonly size?: 'medium' | 'large';
  /** Whether the preview is shown, which `onBack` leaves. */
  readonly previewed: boolean;
  readonly busy: boolean;
  readonly disabled: boolean;
  /** Label of the button that carries the preview out. */
  readonly action: string;
  readonly fault: string | undefined;
  readonly onSubmit: () => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form whose changes are shown before they are made. Mount it while it is open. */
export const PreviewDialog = ({ title, previewed, busy, fault, children, ...props }: PreviewDialogProps) => (
  <Dialog
    open
    onOpenChange={props.onClose}
    busy={busy}
    size={props.size ?? 'medium'}
    title={previewed ? 'Preview of this import' : title}
    description="Nothing changes until you confirm."
    onSubmit={(event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      props.onSubmit();
    }}
    footer={
      <>
        {previewed ? <Button onClick={props.onBack}>Back</Button> : <Button onClick={props.onClose}>Cancel</Button>}
        <Button look="primary" type="submit" loading={busy} disabled={props.disabled}>
          {previewed ? props.action : 'Preview'}
        </Button>
      </>
    }
  >
    {fault !== undefined && <ErrorNote title={fault} />}
    {children}
  </Dialog>
);
