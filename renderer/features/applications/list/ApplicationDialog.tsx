import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { type Application, applications } from '../../../../preload/contract/applications.ts';
import type { Tier } from '../../../../preload/contract/tiers.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useTierOptions } from '../../../store/hooks/topics/useTierOptions.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { formatQuota } from '../../../ui/facts/quota.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextArea } from '../../../ui/fields/TextArea.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { useFieldFaults } from '../useFieldFaults.ts';

interface ApplicationDialogProps {
  /** The application to edit. Absent: the form creates one. */
  readonly application?: Application;
  readonly onClose: () => void;
  readonly onSaved?: (application: Application) => void;
}

const schema = applications.create.input;
const fields = ['name', 'owner', 'description', 'tier'] as const;

const quotaOf = (tier: Tier): string => formatQuota(tier);

/** The form for an application's name, owner, description and tier. */
export const ApplicationDialog = ({ application, onClose, onSaved }: ApplicationDialogProps) => {
  const users = useRead('users.list', {}).value?.items ?? [];
  const create = useCall('applications.create');
  const update = useCall('applications.update');
  const { name, owner, description, tier } = application ?? {
    name: '',
    owner: 'admin',
    description: '',
    tier: 'Unlimited',
  };
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name, owner, description, tier } });
  const { errors, dirtyFields } = form.formState;
  const tiers = useTierOptions('application', form.watch('tier') ?? 'Unlimited', quotaOf);
  const other = useFieldFaults(form, fields, create.error ?? update.error);
  const pending = create.pending || update.pending;

  const save = form.handleSubmit(async (values) => {
    // Send only the changed members: another client may have changed the rest.
    const changes = Object.fromEntries(fields.flatMap((field) => (dirtyFields[field] ? [[field, values[field]]] : [])));
    const saved =
      application === undefined
        ? await create.run(values)
        : await update.run({ application: application.name, ...changes });
    if (saved === undefined) return;
    onClose();
    onSaved?.(saved);
  });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={pending}
      title={application === undefined ? 'New application' : `Edit ${application.name}`}
      onSubmit={(event) => void save(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={pending}>
            {application === undefined ? 'Create application' : 'Save'}
          </Button>
        </>
      }
    >
      {other !== undefined && <ErrorNote title={other.message} details={other.code} />}
      <Field label="Name" required error={errors.name?.message}>
        <TextInput {...form.register('name')} placeholder="Shop" />
      </Field>
      <Field label="Owner" error={errors.owner?.message} hint="Owns its application tokens.">
        <Controller
          control={form.control}
          name="owner"
          render={({ field }) => (
            <Combobox
              noun="user"
              value={field.value ?? ''}
              onChange={field.onChange}
              options={users.map(({ username, roles }) => ({
                value: username,
                label: username,
                ...(roles.length > 0 && { description: roles.join(', ') }),
              }))}
            />
          )}
        />
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        <TextArea {...form.register('description')} rows={2} />
      </Field>
      <Field
        label="Tier"
        error={errors.tier?.message}
        hint="Each user of the application has this quota at the gateway."
      >
        <Controller
          control={form.control}
          name="tier"
          render={({ field }) => (
            <Combobox noun="tier" value={field.value ?? ''} onChange={field.onChange} options={tiers} />
          )}
        />
      </Field>
    </Dialog>
  );
};
