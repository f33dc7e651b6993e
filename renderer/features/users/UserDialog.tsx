import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../preload/contract/index.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/calls/useFormCall.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { ClaimsDialog } from './ClaimsDialog.tsx';
import { RolesField } from './RolesField.tsx';
import { SetPasswordDialog } from './SetPasswordDialog.tsx';
import { UserFacts } from './UserFacts.tsx';

const schema = contract.users.setRoles.input.pick({ roles: true });

/** The form for a user's roles. Calls `onSaved` after saving. */
function useRolesForm({ username, roles }: User, onSaved: () => void) {
  const { host } = useKeyfob();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { roles } });
  const call = useFormCall(form, async (values) => {
    await host.call('users.setRoles', { user: username, roles: values.roles });
    onSaved();
  });
  return { form, call };
}

interface UserDialogProps {
  readonly user: User;
  /** Starts with editing the roles. */
  readonly editsRoles: boolean;
  readonly onClose: () => void;
}

const focusInput = (element: HTMLElement | null) => element?.querySelector('input')?.focus();

/** One user: facts, editable roles, and the dialogs of claims and password. Mount it while it is open. */
export const UserDialog = ({ user, editsRoles, onClose }: UserDialogProps) => {
  const toast = useToast();
  const [editing, setEditing] = useState(editsRoles);
  const [opened, setOpened] = useState<'password' | 'claims'>();
  const { form, call } = useRolesForm(user, () => {
    if (!editsRoles) {
      setEditing(false);
      return;
    }
    toast({ tone: 'good', title: `Roles of ${user.username} saved.` });
    onClose();
  });
  const close = { user, quiet: true, onClose: () => setOpened(undefined) };
  const edit = () => {
    form.reset({ roles: user.roles });
    setEditing(true);
  };
  const fault = form.formState.errors.roles;
  return (
    <>
      <Dialog
        open
        onOpenChange={onClose}
        title={user.username}
        busy={call.pending}
        {...(editing && { onSubmit: call.submit })}
        footer={
          editing ? (
            <>
              <Button onClick={() => (editsRoles ? onClose() : setEditing(false))}>Cancel</Button>
              <Button look="primary" type="submit" loading={call.pending}>
                Save roles
              </Button>
            </>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )
        }
      >
        {call.error !== undefined && <Banner tone="danger" title={call.error} />}
        {editing && (
          <div ref={focusInput}>
            <RolesField
              value={form.watch('roles')}
              onChange={(roles) => form.setValue('roles', roles)}
              error={fault?.find?.((one) => one !== undefined)?.message ?? fault?.message}
              hint="Roles decide which scopes the user gets. Existing tokens don't change."
            />
          </div>
        )}
        <UserFacts
          user={user}
          {...(!editing && { onEditRoles: edit })}
          onSetPassword={() => setOpened('password')}
          onEditClaims={() => setOpened('claims')}
        />
      </Dialog>
      {opened === 'password' && <SetPasswordDialog {...close} />}
      {opened === 'claims' && <ClaimsDialog {...close} />}
    </>
  );
};
