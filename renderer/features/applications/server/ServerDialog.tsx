import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { type KeySet, keys, type ReadCommand } from '../../../../preload/contract/keys.ts';
import { secretWarning, serverKind, serverKindNames } from '../../../../preload/contract/servers.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useFormCall } from '../../../store/hooks/calls/useFormCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { Switch } from '../../../ui/fields/Switch.tsx';
import { TextArea } from '../../../ui/fields/TextArea.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { keyTypeLooks, servedHereWords } from '../words.ts';
import { PasteCommand } from './PasteCommand.tsx';
import styles from './server.module.css';

const schema = keys.updateServer.input.omit({ application: true, keyType: true });
const kinds = serverKind.options.map((value) => ({ value, label: serverKindNames[value] }));

/** What a command says replaces the fields. What it leaves open does not. */
const filled = ({ consumerKey, consumerSecret, tokenUrl, ...rest }: ReadCommand) => ({
  ...(consumerKey !== '' && { consumerKey }),
  ...(consumerSecret !== '' && { consumerSecret }),
  ...(tokenUrl !== '' && { tokenUrl, kind: rest.kind, revokeUrl: rest.revokeUrl, introspectUrl: rest.introspectUrl }),
});

function useServerForm(keySet: KeySet | undefined) {
  const {
    kind = 'wso2-3.2',
    tokenUrl = '',
    revokeUrl = '',
    introspectUrl = '',
    caCertificate = '',
  } = keySet?.server ?? {};
  return useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      ...{ kind, tokenUrl, revokeUrl, introspectUrl, caCertificate, consumerSecret: '' },
      consumerKey: keySet?.consumerKey ?? '',
      servedHere: keySet?.servedHere ?? true,
    },
  });
}

type ServerForm = ReturnType<typeof useServerForm>;

/** Addresses and authority of the server. */
const AddressFields = ({ form }: { readonly form: ServerForm }) => {
  const { errors } = form.formState;
  const address = 'https://gw.example.com:8243';
  return (
    <>
      <Field label="Kind of server">
        <Controller
          control={form.control}
          name="kind"
          render={({ field }) => <Select options={kinds} value={field.value ?? 'other'} onChange={field.onChange} />}
        />
      </Field>
      <Field label="Token address" required error={errors.tokenUrl?.message}>
        <TextInput {...form.register('tokenUrl')} mono placeholder={`${address}/token`} />
      </Field>
      <div className={styles.pair}>
        <Field label="Revocation address" optional error={errors.revokeUrl?.message}>
          <TextInput {...form.register('revokeUrl')} mono placeholder={`${address}/revoke`} />
        </Field>
        <Field label="Introspection address" optional error={errors.introspectUrl?.message}>
          <TextInput {...form.register('introspectUrl')} mono placeholder="https://…:9443/oauth2/introspect" />
        </Field>
      </div>
      <Field
        label="CA certificate"
        optional
        error={errors.caCertificate?.message}
        hint="PEM text of the authority that signed its certificate. Commands name it with --cacert. Empty: the system's authorities decide."
      >
        <TextArea {...form.register('caCertificate')} mono rows={2} placeholder="-----BEGIN CERTIFICATE-----" />
      </Field>
    </>
  );
};

interface ServerDialogProps {
  readonly application: string;
  readonly keyType: KeyType;
  /** The keys to edit. Absent: the form stores new ones. */
  readonly keySet?: KeySet;
  readonly onClose: () => void;
}

/** The form for the keys of another server and its addresses. Mount it while it is open. */
export const ServerDialog = ({ application, keyType, keySet, onClose }: ServerDialogProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const form = useServerForm(keySet);
  const { errors, dirtyFields } = form.formState;
  const { label } = keyTypeLooks[keyType];
  const isNew = keySet === undefined;
  const typedSecret = form.watch('consumerSecret') ?? '';
  const secretHint = isNew ? undefined : 'Leave it empty to keep the stored one.';
  const call = useFormCall(form, async (values) => {
    const { consumerKey = '', consumerSecret = '', tokenUrl = '' } = values;
    if (isNew) {
      await host.call('keys.provide', { ...values, application, keyType, consumerKey, consumerSecret, tokenUrl });
      toast({ tone: 'good', title: `${label} keys of ${application} stored.` });
    } else {
      // Only the changed members: another client may have changed the rest.
      const changes = Object.fromEntries(Object.entries(values).filter(([name]) => name in dirtyFields));
      const { tokensRevoked } = await host.call('keys.updateServer', { ...changes, application, keyType });
      toast({
        tone: 'good',
        title: `The server of the ${label} keys was saved.`,
        ...(tokensRevoked > 0 && { detail: `${countOf(tokensRevoked, 'token')} issued here revoked.` }),
      });
    }
    onClose();
  });
  const fill = (read: ReadCommand) => form.reset({ ...form.getValues(), ...filled(read) }, { keepDefaultValues: true });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={call.pending}
      size="large"
      title={
        isNew ? `Provide existing ${label} keys of ${application}` : `Server of the ${label} keys of ${application}`
      }
      description={isNew ? 'Keys that a real server issued. The secret is sealed like all secrets here.' : undefined}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={call.pending}>
            {isNew ? 'Store keys' : 'Save'}
          </Button>
        </>
      }
    >
      {call.error !== undefined && <ErrorNote title={call.error} />}
      {isNew && <PasteCommand onRead={fill} />}
      <div className={styles.pair}>
        <Field label="Consumer key" required error={errors.consumerKey?.message}>
          <TextInput {...form.register('consumerKey')} mono />
        </Field>
        <Field
          label="Consumer secret"
          required={isNew}
          error={errors.consumerSecret?.message}
          hint={typedSecret === '' ? secretHint : secretWarning(typedSecret)}
        >
          <PasswordInput
            {...form.register('consumerSecret', {
              setValueAs: (text: string) => (isNew || text !== '' ? text : undefined),
            })}
            mono
          />
        </Field>
      </div>
      <AddressFields form={form} />
      {isNew && (
        <Controller
          control={form.control}
          name="servedHere"
          render={({ field }) => (
            <Switch {...servedHereWords} checked={field.value ?? true} onChange={field.onChange} />
          )}
        />
      )}
    </Dialog>
  );
};
