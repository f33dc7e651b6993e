import { Globe, Laptop, type LucideIcon, Network } from 'lucide-react';
import type { Receiver } from '../../../../preload/contract/exports.ts';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import type { SnippetForm } from '../../../../preload/contract/snippets.ts';
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
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { secretSegments } from '../../../ui/secrets/secretSegments.ts';
import { NetworkHost } from './NetworkHost.tsx';
import styles from './ShareDialog.module.css';
import { useSharing } from './useSharing.ts';

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
  const sharing = useSharing(call, keySet, onClose);
  const { receiver, secrets, isServer, canBeReal, isReal, value, error, busy } = sharing;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title="Share this call"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined) void sharing.save();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={value === undefined || busy} onClick={() => void sharing.copyCommand()}>
            Copy {value?.files[0]?.name ?? 'command'}
          </Button>
          <Button type="submit" look="primary" disabled={value === undefined} loading={busy}>
            Save as zip
          </Button>
        </>
      }
    >
      <Field label="Where is the receiver?">
        <RadioCards columns={3} choices={receivers} value={receiver} onChange={sharing.setReceiver} />
      </Field>
      {receiver === 'network' && !isServer && <NetworkHost value={sharing.asked} onChange={sharing.setAsked} />}
      <Field label="Languages">
        <Forms value={sharing.forms} onChange={sharing.setForms} />
      </Field>
      <Field label="Secrets">
        <SegmentedControl
          segments={secretSegments.map((mode) => ({ ...mode, disabled: mode.value === 'real' && !canBeReal }))}
          value={secrets}
          onChange={sharing.setSecrets}
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
