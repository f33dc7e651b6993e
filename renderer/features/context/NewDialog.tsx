import { useState } from 'react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { newPassword } from '../../store/topics/newPassword.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';

const words = {
  application: { placeholder: 'Shop', hint: 'Gets its keys at once. You can change everything later.' },
  user: { placeholder: 'tester', hint: 'Gets a generated password. You can view it under Users.' },
} as const;

interface NewDialogProps {
  readonly kind: keyof typeof words;
  /** Text typed into the picker. */
  readonly name: string;
  readonly onClose: () => void;
}

/** Creates an application or a user by name and puts it into the context. */
export const NewDialog = ({ kind, name: begun, onClose }: NewDialogProps) => {
  const { host } = useKeyfob();
  const { chosen, use } = useKeyfobState((state) => state.windowContext);
  const [name, setName] = useState(begun);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { placeholder, hint } = words[kind];

  const createApplication = async () => {
    const created = await host.call('applications.create', { name });
    use({ applicationId: created.id });
    // If this fails, the screen offers to generate the keys.
    await host.call('keys.generate', { application: created.name, keyType: chosen.keyType }).catch(() => undefined);
  };
  const createUser = async () => {
    const { id } = await host.call('users.create', { username: name, password: newPassword() });
    use({ userId: id });
  };
  const create = async () => {
    setBusy(true);
    try {
      await (kind === 'application' ? createApplication() : createUser());
      onClose();
    } catch (error) {
      const { message, details } = asKeyfobError(error);
      setProblem(details.fields?.[0]?.message ?? message);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={busy}
      size="small"
      title={`New ${kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={busy}>
            Create {kind}
          </Button>
        </>
      }
    >
      <Field label={kind === 'user' ? 'Username' : 'Name'} required hint={hint} error={problem}>
        <TextInput value={name} placeholder={placeholder} onChange={(event) => setName(event.target.value)} />
      </Field>
    </Dialog>
  );
};
