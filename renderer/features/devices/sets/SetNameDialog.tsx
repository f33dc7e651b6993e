import { useState } from 'react';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';

/** The contract's limit. */
const mostCharacters = 100;

interface SetNameDialogProps {
  readonly title: string;
  readonly description?: string;
  readonly name?: string;
  /** What a name that is in use loses. Gives nothing for a free name. */
  readonly lossOf?: (name: string) => string | undefined;
  readonly confirmLabel: string;
  /** Title of an error. */
  readonly failure: string;
  /** Closes the dialog when it resolves. */
  readonly onConfirm: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for the name of a device set. */
export const SetNameDialog = (props: SetNameDialogProps) => {
  const { title, description, lossOf, confirmLabel, failure, onConfirm, onClose } = props;
  const [name, setName] = useState(props.name ?? '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const loss = lossOf?.(name.trim());
  const confirm = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm(name.trim());
      onClose();
    } catch (error) {
      setFault(asKeyfobError(error).message);
      setBusy(false);
    }
  };
  const isEmpty = name.trim() === '';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={title}
      {...(description !== undefined && { description })}
      busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void confirm();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={busy} disabled={isEmpty}>
            {loss === undefined ? confirmLabel : 'Replace set'}
          </Button>
        </>
      }
    >
      <Field label="Name">
        <TextInput
          value={name}
          maxLength={mostCharacters}
          placeholder="Release 4 phones"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {loss !== undefined && <Banner tone="warn">{loss}</Banner>}
      {fault !== undefined && <ErrorNote title={failure}>{fault}</ErrorNote>}
    </Dialog>
  );
};
