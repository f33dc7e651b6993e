import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { apiRef } from '../../../preload/contract/apis.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/calls/useFormCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { checkRole, useKnownRoles } from '../../store/hooks/topics/useKnownRoles.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ChipsInput } from '../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../ui/chips/chips.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { GrantedTo } from './GrantedTo.tsx';

const { create } = contract.scopes;

const checkApi = (text: string): ChipVerdict => {
  const { error } = apiRef.safeParse(text);
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'Not a valid API.' };
};

interface ScopeDialogProps {
  /** The scope to change. Absent: a new one. */
  readonly scope?: Scope;
  readonly onClose: () => void;
}

/** Creates or changes a scope, and shows who would get it. Mount it while it is open. */
export const ScopeDialog = ({ scope, onClose }: ScopeDialogProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const suggestions = useKnownRoles();
  const { description = '', roles: before = [], apis: belongsTo = [] } = scope ?? {};
  const apis = useRead('apis.list', {}).value?.items ?? [];
  const form = useForm({
    resolver: zodResolver(create.input),
    defaultValues: { name: scope?.name ?? '', description, roles: before, apis: belongsTo },
  });
  const call = useFormCall(form, async (values) => {
    await host.call(scope === undefined ? 'scopes.create' : 'scopes.update', values);
    toast({ tone: 'good', title: `Scope ${values.name} ${scope === undefined ? 'created' : 'saved'}.` });
    onClose();
  });
  const { errors } = form.formState;
  const roles = form.watch('roles') ?? [];
  const chosenApis = form.watch('apis') ?? [];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={scope === undefined ? 'New scope' : `Scope ${scope.name}`}
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            {scope === undefined ? 'Create scope' : 'Save scope'}
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      {scope === undefined && (
        <Field
          label="Name"
          required
          error={errors.name?.message}
          hint="Exactly as sent in token requests. Can't be changed."
        >
          <TextInput {...form.register('name')} mono placeholder="orders:write" />
        </Field>
      )}
      <Field label="Description" optional error={errors.description?.message}>
        <TextInput {...form.register('description')} placeholder="Change orders" />
      </Field>
      <Field
        label="Roles"
        optional
        error={errors.roles?.find?.((fault) => fault !== undefined)?.message ?? errors.roles?.message}
        hint="Any one of these roles. Leave empty for everyone."
      >
        <ChipsInput
          value={roles}
          onChange={(chosen) => form.setValue('roles', [...chosen])}
          check={checkRole}
          nouns={['role', 'roles']}
          placeholder="manager, support"
          suggestions={suggestions}
        />
      </Field>
      <Field
        label="APIs"
        optional
        error={errors.apis?.find?.((fault) => fault !== undefined)?.message ?? errors.apis?.message}
        hint="Only applications that may call one of them get it. Leave empty for every application."
      >
        <ChipsInput
          value={chosenApis}
          onChange={(chosen) => form.setValue('apis', [...chosen])}
          check={checkApi}
          nouns={['API', 'APIs']}
          placeholder="orders/1.0.0"
          suggestions={apis.map(({ name, version, basePath }) => ({
            value: `${name}/${version}`,
            description: basePath,
          }))}
        />
      </Field>
      <GrantedTo roles={roles} />
    </Dialog>
  );
};
