import { QrCode as QrSign } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../renderer/ui/Button.tsx';
import { ConfirmDialog } from '../../../renderer/ui/ConfirmDialog.tsx';
import { Dialog } from '../../../renderer/ui/Dialog.tsx';
import { Field } from '../../../renderer/ui/Field.tsx';
import { Panel } from '../../../renderer/ui/Panel.tsx';
import { Popover } from '../../../renderer/ui/Popover.tsx';
import { QrCode } from '../../../renderer/ui/QrCode.tsx';
import { Section } from '../../../renderer/ui/Section.tsx';
import { Select } from '../../../renderer/ui/Select.tsx';
import { TextInput } from '../../../renderer/ui/TextInput.tsx';
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
