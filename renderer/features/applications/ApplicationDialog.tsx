import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { type Application, applications } from '../../../preload/contract/applications.ts';
import { useCall } from '../../store/hooks/useCall.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { Button } from '../../ui/Button.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useFieldFaults } from './useFieldFaults.ts';

interface ApplicationDialogProps {
  /** The one to edit; without it a new one is made. */
  readonly application?: Application;
  readonly onClose: () => void;
  readonly onSaved?: (application: Application) => void;
}

const schema = applications.create.input;
const fields = ['name', 'owner', 'description', 'tier'] as const;

/** The application tiers that WSO2 comes with. */
const tiers = ['Unlimited', '50PerMin', '20PerMin', '10PerMin'].map((value) => ({ value, label: value }));

/** Name, owner, description and tier of a new or a known application. */
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
  const other = useFieldFaults(form, fields, create.error ?? update.error);
  const pending = create.pending || update.pending;

  const save = form.handleSubmit(async (values) => {
    // Only what was changed here: the rest may have been changed elsewhere meanwhile.
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
      <Field label="Owner" error={errors.owner?.message} hint="The user who carries its application tokens.">
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
      <Field label="Tier" error={errors.tier?.message}>
        <Controller
          control={form.control}
          name="tier"
          render={({ field }) => (
            <Combobox
              noun="tier"
              value={field.value ?? ''}
              onChange={field.onChange}
              onCreate={field.onChange}
              options={tiers}
            />
          )}
        />
      </Field>
    </Dialog>
  );
};
