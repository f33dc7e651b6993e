import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { type Api, apis } from '../../../../preload/contract/apis.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useFormCall } from '../../../store/hooks/calls/useFormCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { BackendField, backendFault } from '../BackendField.tsx';
import { nameOf } from '../words.ts';
import styles from './ApiList.module.css';

const schema = apis.create.input.pick({
  name: true,
  version: true,
  context: true,
  productionBackend: true,
  sandboxBackend: true,
  open: true,
});

/** The context that the engine forms from a name. */
const contextOf = (name: string): string =>
  `/${name
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')}`;

/** The URL of an API with this context and version, at the endpoint's port. */
function useUrl(context: string, version: string): string {
  const status = useRead('endpoint.status', {}).value;
  const port = useRead('settings.read', {}).value?.port;
  const { tokenUrl = `https://localhost:${port ?? ''}/token` } = status ?? {};
  const path = context.includes('{version}') ? context.replaceAll('{version}', version) : `${context}/${version}`;
  return `${tokenUrl.replace(/\/token$/, '')}${path}`;
}

interface ApiDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (api: Api) => void;
}

/** Creates an API. Mount it while it is open. */
export const ApiDialog = ({ onClose, onCreated }: ApiDialogProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      name: '',
      version: '1.0.0',
      context: undefined as string | undefined,
      productionBackend: 'echo',
      sandboxBackend: 'echo',
      open: false,
    },
  });
  const call = useFormCall(form, async (values) => {
    const api = await host.call('apis.create', values);
    toast({ tone: 'good', title: `API ${nameOf(api)} created.` });
    onClose();
    onCreated(api);
  });
  const { errors, isSubmitted } = form.formState;
  const { name, version = '', context, productionBackend = null, open = false } = form.watch();
  const shownContext = context ?? (name.trim() === '' ? '' : contextOf(name));
  const url = useUrl(shownContext, version.trim());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New API"
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            Create API
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      <Field label="Name" required error={errors.name?.message}>
        <TextInput {...form.register('name')} placeholder="Orders" />
      </Field>
      <div className={styles.address}>
        <Field label="Context" error={errors.context?.message}>
          <TextInput
            mono
            placeholder="/orders"
            value={shownContext}
            onChange={(event) => {
              const typed = event.target.value.trim();
              form.setValue('context', typed === '' ? undefined : typed, { shouldValidate: isSubmitted });
            }}
          />
        </Field>
        <Field label="Version" error={errors.version?.message}>
          <TextInput mono {...form.register('version')} />
        </Field>
      </div>
      <p className={styles.preview} aria-live="polite">
        {shownContext === '' ? 'Its URL appears here.' : <code>{url}</code>}
      </p>
      <BackendField
        label="Backend"
        value={productionBackend}
        onChange={(backend) => {
          form.setValue('productionBackend', backend as string, { shouldValidate: isSubmitted });
          form.setValue('sandboxBackend', backend as string);
        }}
        error={isSubmitted ? backendFault(productionBackend) : undefined}
        hint="For production and sandbox tokens. The API's page has a field for each."
      />
      <Checkbox
        label="Open to every application"
        description="Without a subscription."
        checked={open}
        onChange={(next) => form.setValue('open', next)}
      />
    </Dialog>
  );
};
