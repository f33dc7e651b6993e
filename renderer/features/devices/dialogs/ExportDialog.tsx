import { useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { ExportFormat } from '../../../../preload/contract/exports.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { SecretsMode } from '../../../../preload/contract/snippets.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { useCopy, useCopySecret, useToast } from '../../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../../store/topics/deviceTokenReads.ts';
import type { DeviceOwner } from '../../../store/topics/deviceTokens.ts';
import { isExpired } from '../../../store/topics/tokenFacts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { FilesPreview } from '../../../ui/files/FilesPreview.tsx';
import { saveFiles } from '../../../ui/files/saveFiles.ts';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { formats, secretSegments } from './exportFormats.ts';

type Exported = OutputOf<Contract['exports']['devices']>;

interface FactsProps {
  readonly shown: Exported;
  readonly notes: readonly string[];
  readonly isReal: boolean;
}

/** The preview of the files, and facts about them. */
const Facts = ({ shown, notes, isReal }: FactsProps) => (
  <>
    <FilesPreview files={shown.files} />
    {notes.map((note) => (
      <p key={note}>{note}</p>
    ))}
    {shown.notKept > 0 && isReal && (
      <Banner>
        Only hashes of {countOf(shown.notKept, 'token')} are stored, so placeholders replace their values.
      </Banner>
    )}
    {isReal && (
      <Banner tone="warn">
        The export holds real secrets, and the preview shows placeholders instead. Anyone who can read the files, or the
        clipboard, can use the secrets.
      </Banner>
    )}
  </>
);

interface ExportDialogProps {
  readonly owner: DeviceOwner;
  /** ACTIVE tokens, expired ones included, in the order to write. */
  readonly tokens: readonly DeviceToken[];
  readonly onClose: () => void;
}

/** Exports device tokens in a chosen format, into the clipboard or a file. */
export const ExportDialog = ({ owner, tokens, onClose }: ExportDialogProps) => {
  const { host } = useKeyfob();
  const copy = useCopy();
  const copySecret = useCopySecret();
  const toast = useToast();
  const nowMs = useTokenNowMs();
  const [format, setFormat] = useState<ExportFormat>('bash');
  const [secrets, setSecrets] = useState<SecretsMode>('env');
  const expired = tokens.filter((token) => isExpired(token, nowMs)).length;
  const onlyExpired = expired === tokens.length;
  const [includeExpired, setIncludeExpired] = useState(onlyExpired);
  const [busy, setBusy] = useState(false);
  const isReal = secrets === 'real';
  const { application, keyType, username } = owner;
  const whose = { application, keyType, ...(username !== undefined && { username }) };
  const input = { ...whose, format, includeExpired, tokens: tokens.map(({ id }) => id) };
  const { value: shown, error } = useFreshRead('exports.devices', {
    ...input,
    secrets: isReal ? 'placeholder' : secrets,
  });
  const read = () => host.call('exports.devices', { ...input, secrets });

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
      onClose();
    } catch (thrown) {
      toast({ tone: 'danger', title: 'The tokens were not exported.', detail: asKeyfobError(thrown).message });
    } finally {
      setBusy(false);
    }
  }
  const count = countOf(tokens.length - (includeExpired ? 0 : expired), 'token');
  const copyMain = () =>
    run(async () => {
      const { files } = await read();
      const { name = '', text = '' } = files[0] ?? {};
      await (isReal ? copySecret(name, async () => text) : copy(name, text));
    });
  const save = () =>
    run(async () => {
      const exported = await read();
      const name = saveFiles(exported.folder, exported.files);
      toast({ tone: 'good', title: `${countOf(exported.devices, 'token')} exported.`, detail: name });
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={`Export ${count}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={shown === undefined || busy} onClick={() => void copyMain()}>
            Copy {shown?.files[0]?.name ?? 'file'}
          </Button>
          <Button type="submit" look="primary" disabled={shown === undefined} loading={busy}>
            Save {(shown?.files.length ?? 0) > 1 ? 'as zip' : 'file'}
          </Button>
        </>
      }
    >
      <Field label="Format">
        <Select options={formats} value={format} onChange={setFormat} />
      </Field>
      <Field label="Secrets">
        <SegmentedControl segments={secretSegments} value={secrets} onChange={setSecrets} />
      </Field>
      {expired > 0 && (
        <Checkbox
          checked={includeExpired}
          onChange={setIncludeExpired}
          label={`Include ${countOf(expired, 'expired token')}`}
        />
      )}
      {error !== undefined && <ErrorNote title="These tokens can't be exported.">{error.message}</ErrorNote>}
      {shown !== undefined && (
        <>
          {/* With real secrets, nothing is left to fill in. */}
          <Facts shown={shown} notes={isReal ? [] : shown.notes} isReal={isReal} />
        </>
      )}
    </Dialog>
  );
};
