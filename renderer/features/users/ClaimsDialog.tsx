import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { contract } from '../../../preload/contract/index.ts';
import { userClaims } from '../../../preload/contract/userClaims.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/calls/useFormCall.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ChipsInput } from '../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../ui/chips/chips.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextArea } from '../../ui/fields/TextArea.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import styles from './users.module.css';

const schema = contract.users.setClaims.input.omit({ user: true });
const { element: group } = userClaims.shape.groups;

const checkGroup = (text: string): ChipVerdict => {
  const { error } = group.safeParse(text);
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'Not a valid group.' };
};

const asText = (claims: Readonly<Record<string, unknown>>): string =>
  Object.keys(claims).length === 0 ? '' : JSON.stringify(claims, null, 2);

interface ClaimsDialogProps {
  readonly user: User;
  /** Shows no toast, where the screen below shows the result. */
  readonly quiet?: boolean;
  readonly onClose: () => void;
}

/** Changes a user's claims. Mount it while it is open. */
export const ClaimsDialog = ({ user, quiet = false, onClose }: ClaimsDialogProps) => {
  const { username, claims } = user;
  const { host } = useKeyfob();
  const toast = useToast();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { ...claims, otherClaims: asText(claims.otherClaims) },
  });
  const call = useFormCall(form, async (values) => {
    await host.call('users.setClaims', { user: username, ...values });
    if (!quiet) toast({ tone: 'good', title: `Claims of ${username} saved.` });
    onClose();
  });
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Claims of ${username}`}
      description="ID tokens and /userinfo tell them to apps, by scope. An empty field is left out."
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            Save claims
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      <div className={styles.pair}>
        <Field label="Given name" error={errors.givenName?.message}>
          <TextInput {...form.register('givenName')} placeholder="Ann" />
        </Field>
        <Field label="Family name" error={errors.familyName?.message}>
          <TextInput {...form.register('familyName')} placeholder="Lee" />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label="E-mail" error={errors.email?.message}>
          <TextInput {...form.register('email')} placeholder="ann@example.com" />
        </Field>
        <Field label="Phone" error={errors.phone?.message}>
          <TextInput {...form.register('phone')} placeholder="+1 555 0100" />
        </Field>
      </div>
      <Field
        label="Groups"
        error={errors.groups?.find?.((fault) => fault !== undefined)?.message ?? errors.groups?.message}
      >
        <ChipsInput
          value={form.watch('groups') ?? []}
          onChange={(groups) => form.setValue('groups', [...groups])}
          check={checkGroup}
          nouns={['group', 'groups']}
          placeholder="staff, buyers"
        />
      </Field>
      <Field
        label="Other claims"
        error={errors.otherClaims?.message}
        hint={'A JSON object, like {"department": "Sales", "email_verified": true}.'}
      >
        <TextArea {...form.register('otherClaims')} mono rows={4} />
      </Field>
    </Dialog>
  );
};
