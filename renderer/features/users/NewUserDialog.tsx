import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { contract } from '../../../preload/contract/index.ts';
import { readAsTenant } from '../../../preload/contract/usernames.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/calls/useFormCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { PasswordField } from './PasswordField.tsx';
import { RolesField } from './RolesField.tsx';

const schema = contract.users.create.input;

/** Creates a user. Mount it while it is open, so that it starts empty. */
export const NewUserDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { username: '', password: '', roles: [] } });
  const call = useFormCall(form, async (values) => {
    const { username } = await host.call('users.create', values);
    toast({ tone: 'good', title: `User ${username} created.` });
    onClose();
  });
  const { errors } = form.formState;
  const emailUsernames = useRead('settings.read', {}).value?.emailUsernames ?? true;
  const read = emailUsernames ? undefined : readAsTenant(form.watch('username').trim());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New user"
      description="User tokens belong to a user."
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            Create user
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      <Field
        label="Username"
        required
        error={errors.username?.message}
        hint="e.g. ann, ann@shop.test or SECONDARY/ann. Not case-sensitive."
      >
        <TextInput {...form.register('username')} placeholder="ann" />
      </Field>
      {read !== undefined && (
        <Banner
          title={`${read.name} in the tenant ${read.tenantDomain}`}
          actions={
            <Button size="small" onClick={() => form.setValue('username', read.emailName, { shouldValidate: true })}>
              Use {read.emailName}
            </Button>
          }
        >
          An application serves users of its owner's tenant only. If the whole address is the name, add @carbon.super.
        </Banner>
      )}
      <PasswordField
        registered={form.register('password')}
        error={errors.password?.message}
        getValue={() => form.getValues('password')}
        onGenerate={(password) => form.setValue('password', password, { shouldValidate: true })}
      />
      <RolesField
        optional
        value={form.watch('roles') ?? []}
        onChange={(roles) => form.setValue('roles', roles)}
        error={errors.roles?.find?.((fault) => fault !== undefined)?.message ?? errors.roles?.message}
        hint="Roles decide which scopes the user gets."
      />
    </Dialog>
  );
};
