import { useState } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import type { ApplicationFormat } from '../../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../../preload/contract/snippets.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useTask } from '../../../store/hooks/calls/useTask.ts';
import { useWindowContext } from '../../../store/hooks/window/useWindowContext.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { ExportPreview } from '../../../ui/files/ExportPreview.tsx';
import { saveFiles } from '../../../ui/files/saveFiles.ts';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { secretSegments } from '../../../ui/secrets/secretSegments.ts';
import { keyTypeLooks } from '../words.ts';

const formats: readonly { readonly value: ApplicationFormat; readonly label: string; readonly group: string }[] = [
  { value: 'postman', label: 'Postman environment and collection', group: 'API clients' },
  { value: 'bruno', label: 'Bruno collection', group: 'API clients' },
  { value: 'insomnia', label: 'Insomnia collection', group: 'API clients' },
  { value: 'http-vscode', label: '.http file: VS Code REST Client', group: 'API clients' },
  { value: 'http-jetbrains', label: '.http file: JetBrains, httpYac', group: 'API clients' },
  { value: 'http-visual-studio', label: '.http file: Visual Studio', group: 'API clients' },
  { value: 'apictl', label: 'Application for apictl', group: 'WSO2 API Manager' },
  { value: 'devportal', label: 'Application JSON of the developer portal', group: 'WSO2 API Manager' },
];

/** API Manager's formats have no variables. */
const keySegments = [
  { value: 'env', label: 'Without keys' },
  { value: 'placeholder', label: 'Placeholders' },
  { value: 'real', label: 'Real' },
] as const;

/** User names have no spaces. */
const nobody = 'no user';

const contentOf = ({ calls, devices }: { readonly calls: number; readonly devices: number }): string =>
  calls === 0 ? 'Application' : `${countOf(calls, 'call')} and ${countOf(devices, 'device')}`;

interface ExportDialogProps {
  readonly application: Application;
  readonly keyType: KeyType;
  readonly onClose: () => void;
}

/** Exports an application as files: its calls for an API client, or the whole for API Manager. */
export const ExportDialog = ({ application: { name }, keyType, onClose }: ExportDialogProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const users = useRead('users.list', {}).value?.items ?? [];
  const chosenUser = useWindowContext()?.user?.username;
  const [format, setFormat] = useState<ApplicationFormat>('postman');
  const [secrets, setSecrets] = useState<SecretsMode>('env');
  const [username, setUsername] = useState(chosenUser ?? nobody);
  const { busy, run } = useTask('The application was not exported.', onClose);
  const isReal = secrets === 'real';
  const hasCalls = format !== 'apictl' && format !== 'devportal';
  const whose = { keyType, ...(username !== nobody && { username }) };
  const input = { application: name, format, ...(hasCalls && whose) };
  const { value: shown, error } = useFreshRead('exports.application', {
    ...input,
    secrets: isReal ? 'placeholder' : secrets,
  });
  const save = () =>
    run(async () => {
      const exported = await host.call('exports.application', { ...input, secrets });
      const detail = saveFiles(exported.folder, exported.files);
      toast({ tone: 'good', title: `${contentOf(exported)} exported.`, detail });
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={`Export ${name}`}
      description={
        hasCalls ? `Calls with its ${keyTypeLooks[keyType].label} keys, to this machine.` : 'With both key types.'
      }
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={shown === undefined} loading={busy}>
            Save {(shown?.files.length ?? 0) > 1 ? 'as zip' : 'file'}
          </Button>
        </>
      }
    >
      <Field label="Format">
        <Select options={formats} value={format} onChange={setFormat} />
      </Field>
      {hasCalls && (
        <Field label="User" hint="For the password grant, and whose devices are included.">
          <Combobox
            noun="user"
            value={username}
            onChange={setUsername}
            options={[
              { value: nobody, label: 'No user', description: 'application tokens' },
              ...users.map((user) => ({ value: user.username, label: user.username })),
            ]}
          />
        </Field>
      )}
      <Field label="Secrets">
        <SegmentedControl segments={hasCalls ? secretSegments : keySegments} value={secrets} onChange={setSecrets} />
      </Field>
      {error !== undefined && <ErrorNote title="This application can't be exported.">{error.message}</ErrorNote>}
      {shown !== undefined && (
        <ExportPreview
          files={shown.files}
          notes={[...(isReal ? [] : shown.toFillIn), ...shown.notes]}
          notKept={shown.notKept}
          isReal={isReal}
        />
      )}
    </Dialog>
  );
};
