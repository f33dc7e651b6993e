import { QrCode as QrSign } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../renderer/ui/buttons/Button.tsx';
import { Select } from '../../../renderer/ui/choices/Select.tsx';
import { Field } from '../../../renderer/ui/fields/Field.tsx';
import { TextInput } from '../../../renderer/ui/fields/TextInput.tsx';
import { Panel } from '../../../renderer/ui/layout/Panel.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import { ConfirmDialog } from '../../../renderer/ui/overlays/ConfirmDialog.tsx';
import { Dialog } from '../../../renderer/ui/overlays/Dialog.tsx';
import { Popover } from '../../../renderer/ui/overlays/Popover.tsx';
import { QrCode } from '../../../renderer/ui/secrets/QrCode.tsx';
import styles from './gallery.module.css';

const die = Array.from({ length: 9 }, (_, index) => `token ${index + 1} of ann, device_phone${index + 1}`);

export const Overlays = () => {
  const [dialog, setDialog] = useState(false);
  const [confirm, setConfirm] = useState(false);
  return (
    <Section title="Overlays and panes" flush>
      <Panel title="Snippet" footer={<Button look="primary">Copy</Button>}>
        <div className={styles.row}>
          <Button onClick={() => setDialog(true)}>Open the dialog</Button>
          <Button look="danger" onClick={() => setConfirm(true)}>
            Delete Shop
          </Button>
          <Popover label="QR code" trigger={<Button icon={QrSign}>QR code</Button>}>
            <QrCode text="a token" label="token" size={140} />
          </Popover>
        </div>
      </Panel>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="New application"
        description="An application holds up to two key sets."
        onSubmit={(event) => {
          event.preventDefault();
          setDialog(false);
        }}
        footer={
          <>
            <Button onClick={() => setDialog(false)}>Cancel</Button>
            <Button look="primary" type="submit">
              Create
            </Button>
          </>
        }
      >
        <Field label="Name" required>
          <TextInput autoFocus />
        </Field>
        <Field label="Throttling tier">
          <Select
            value="Unlimited"
            onChange={() => undefined}
            options={[
              { value: 'Unlimited', label: 'Unlimited' },
              { value: 'Gold', label: 'Gold' },
            ]}
          />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={confirm}
        onOpenChange={setConfirm}
        title="Delete the application Shop?"
        description="You can take it back for 8 seconds."
        lossesTitle="These tokens stop working at once"
        losses={die}
        lossCount={31}
        confirmLabel="Delete"
        onConfirm={() => undefined}
      />
    </Section>
  );
};
