import { Globe, Laptop, type LucideIcon, Network } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InputOf } from '../../../../preload/contract/define.ts';
import type { Receiver } from '../../../../preload/contract/exports.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import type { SecretsMode, SnippetForm } from '../../../../preload/contract/snippets.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { useTask } from '../../../store/hooks/calls/useTask.ts';
import { useCopy, useCopySecret, useToast } from '../../../store/hooks/window/window.ts';
import { snippetForms } from '../../../store/topics/snippetForms.ts';
import type { RunnableInput } from '../../../store/topics/snippets.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { RadioCards } from '../../../ui/choices/RadioCards.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { useFieldGroup } from '../../../ui/fields/fieldContext.ts';
import { ExportPreview } from '../../../ui/files/ExportPreview.tsx';
import { saveFiles } from '../../../ui/files/saveFiles.ts';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { secretSegments } from '../../../ui/secrets/secretSegments.ts';
import { NetworkHost, useNetworkHosts } from './NetworkHost.tsx';
import styles from './ShareDialog.module.css';

const receivers: readonly {
  readonly value: Receiver;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly description: string;
}[] = [
  { value: 'machine', label: 'This machine', icon: Laptop, description: 'Another folder or account' },
  { value: 'network', label: 'Same network', icon: Network, description: 'Calls this endpoint by its address' },
  { value: 'elsewhere', label: 'Elsewhere', icon: Globe, description: 'Calls a Keyfob or server there' },
];

interface FormsProps {
  readonly value: readonly SnippetForm[];
  readonly onChange: (forms: readonly SnippetForm[]) => void;
}

/** The languages of the command. At least one stays chosen. */
const Forms = ({ value, onChange }: FormsProps) => (
  <fieldset {...useFieldGroup()} className={styles.forms}>
    {snippetForms.map(({ value: form, label }) => (
      <Checkbox
        key={form}
        label={label}
        checked={value.includes(form)}
        disabled={value.length === 1 && value.includes(form)}
        onChange={(chosen) => onChange(chosen ? [...value, form] : value.filter((one) => one !== form))}
      />
    ))}
  </fieldset>
);

interface ShareDialogProps {
  /** The shown call. */
  readonly call: RunnableInput;
  readonly keySet: KeySet | undefined;
  readonly onClose: () => void;
}

/** Saves or copies a call for another person, with what they need to run it. */
export const ShareDialog = ({ call, keySet, onClose }: ShareDialogProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const copy = useCopy();
  const copySecret = useCopySecret();
  const { client, shell } = useKeyfobState((state) => state.snippets);
  const [receiver, setReceiver] = useState<Receiver>('machine');
  const [asked, setAsked] = useState<string>();
  const [forms, setForms] = useState<readonly SnippetForm[]>([client === 'curl' ? shell : client]);
  const [secrets, setSecrets] = useState<SecretsMode>('env');
  const { busy, run } = useTask('The call was not shared.', onClose);
  const hosts = useNetworkHosts();
  useEffect(() => {
    // Its links lead to other screens. One without the pane ends sharing too: the next call must not open the dialog.
    window.addEventListener('hashchange', onClose);
    return () => {
      window.removeEventListener('hashchange', onClose);
      onClose();
    };
  }, [onClose]);
  const isServer = keySet !== undefined && keySet.server !== null && (receiver === 'elsewhere' || !keySet.servedHere);
  // The keys of another Keyfob are unknown here.
  const canBeReal = receiver !== 'elsewhere' || isServer;
  const isReal = secrets === 'real' && canBeReal;
  const needsHost = receiver === 'network' && !isServer && hosts?.length === 0;

  const { client: _, shell: __, secrets: ___, insecure: ____, target: _____, ...shown } = call;
  const input: InputOf<MethodOf<'exports.call'>> = {
    ...shown,
    ...{ receiver, forms: [...forms], secrets: isReal ? 'real' : secrets === 'real' ? 'env' : secrets },
    ...(receiver === 'network' && asked !== undefined && hosts?.includes(asked) && { host: asked }),
  };
  const { value, error } = useFreshRead(
    'exports.call',
    needsHost ? undefined : { ...input, ...(isReal && { secrets: 'placeholder' }) },
  );

  const copyCommand = () =>
    run(async () => {
      const { name = '', text = '' } = (await host.call('exports.call', input)).files[0] ?? {};
      await (isReal ? copySecret(name, async () => text) : copy(name, text));
    });
  const save = () =>
    run(async () => {
      const { folder, files } = await host.call('exports.call', input);
      toast({ tone: 'good', title: 'Call saved.', detail: saveFiles(folder, files) });
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title="Share this call"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined) void save();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={value === undefined || busy} onClick={() => void copyCommand()}>
            Copy {value?.files[0]?.name ?? 'command'}
          </Button>
          <Button type="submit" look="primary" disabled={value === undefined} loading={busy}>
            Save as zip
          </Button>
        </>
      }
    >
      <Field label="Where is the receiver?">
        <RadioCards columns={3} choices={receivers} value={receiver} onChange={setReceiver} />
      </Field>
      {receiver === 'network' && !isServer && <NetworkHost value={asked} onChange={setAsked} />}
      <Field label="Languages">
        <Forms value={forms} onChange={setForms} />
      </Field>
      <Field label="Secrets">
        <SegmentedControl
          segments={secretSegments.map((mode) => ({ ...mode, disabled: mode.value === 'real' && !canBeReal }))}
          value={isReal || secrets !== 'real' ? secrets : 'env'}
          onChange={setSecrets}
        />
      </Field>
      {error !== undefined && <ErrorNote title="This call can't be shared.">{error.message}</ErrorNote>}
      {value?.warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning}
        </Banner>
      ))}
      {value !== undefined && (
        <ExportPreview
          files={value.files}
          notes={value.notes.filter((note) => !isReal || !/^Replace /.test(note))}
          notKept={0}
          isReal={isReal}
        />
      )}
    </Dialog>
  );
};
