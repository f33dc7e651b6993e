import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { contract } from '../../../preload/contract/index.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/calls/useFormCall.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { countOf } from '../../ui/facts/count.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useLiveTokens } from './useLiveTokens.ts';
import styles from './users.module.css';

const schema = contract.users.setPassword.input.pick({ password: true });

interface SetPasswordDialogProps {
  readonly user: User;
  /** Shows no toast, where the screen below shows the result. */
  readonly quiet?: boolean;
  readonly onClose: () => void;
}

/** Sets a user's password, and first names the tokens that this revokes. Mount it while it is open. */
export const SetPasswordDialog = ({ user, quiet = false, onClose }: SetPasswordDialogProps) => {
  const { username } = user;
  const { host } = useKeyfob();
  const toast = useToast();
  const live = useLiveTokens(username);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: '' } });
  const call = useFormCall(form, async ({ password }) => {
    await host.call('users.setPassword', { user: username, password });
    if (!quiet) toast({ tone: 'good', title: `${username} has a new password.` });
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={user.hasPassword ? `New password of ${username}` : `Password of ${username}`}
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            Set password
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      <PasswordField
        registered={form.register('password')}
        error={form.formState.errors.password?.message}
        getValue={() => form.getValues('password')}
        onGenerate={(password) => form.setValue('password', password, { shouldValidate: true })}
      />
      {live.count > 0 && (
        <Banner tone="warn" title={`${countOf(live.count, 'token')} will be revoked.`}>
          <ul className={styles.dying}>
            {live.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Banner>
      )}
      {live.count === 0 && <p className={styles.muted}>{username} has no active token, so nothing is revoked.</p>}
    </Dialog>
  );
};
