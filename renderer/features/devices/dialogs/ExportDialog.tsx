import { useState } from 'react';
import type { ExportFormat } from '../../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../../preload/contract/snippets.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import type { DeviceOwner } from '../../../store/topics/devices/deviceTokens.ts';
import { isExpired } from '../../../store/topics/tokens/tokenFacts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { RadioList } from '../../../ui/choices/RadioList.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { ExportPreview } from '../../../ui/files/ExportPreview.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { secretSegments } from '../../../ui/secrets/secretSegments.ts';
import styles from './ExportDialog.module.css';
import { formatGroups } from './exportFormats.ts';
import { type Exported, useExport } from './useExport.ts';

/** What a sheet of codes is, in place of its preview: its text is for a browser, and its codes are secret. */
const SheetFacts = ({ shown }: { readonly shown: Exported }) => (
  <>
    <p>
      {countOf(shown.devices, 'code')} on A4 or Letter, several on a page. Each is next to its device, application, user
      and expiry. A device that scans one has its token.
    </p>
    {shown.notKept > 0 && (
      <Banner>Only hashes of {countOf(shown.notKept, 'token')} are stored, so their places stay empty.</Banner>
    )}
    <Banner tone="warn">
      Anyone who scans or photographs a code can use its token. Keep the sheet like a password.
    </Banner>
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
  const nowMs = useTokenNowMs();
  const [format, setFormat] = useState<ExportFormat>('bash');
  const [chosenSecrets, setSecrets] = useState<SecretsMode>('env');
  const isSheet = format === 'qr-sheet';
  // A code holds a token, so a sheet without secrets is empty.
  const secrets = isSheet ? 'real' : chosenSecrets;
  const expired = tokens.filter((token) => isExpired(token, nowMs)).length;
  const onlyExpired = expired === tokens.length;
  const [includeExpired, setIncludeExpired] = useState(onlyExpired);
  const isReal = secrets === 'real';
  const { application, keyType, username } = owner;
  const whose = { application, keyType, ...(username !== undefined && { username }) };
  const input = { ...whose, format, includeExpired, tokens: tokens.map(({ id }) => id) };
  const { value: shown, error } = useFreshRead('exports.devices', {
    ...input,
    secrets: isReal ? 'placeholder' : secrets,
  });
  const { busy, copy, save, print } = useExport({ ...input, secrets }, onClose);
  const count = countOf(tokens.length - (includeExpired ? 0 : expired), 'token');
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
          {isSheet ? (
            <Button disabled={shown === undefined || busy} onClick={() => void print()}>
              Print…
            </Button>
          ) : (
            <Button disabled={shown === undefined || busy} onClick={() => void copy()}>
              Copy {shown?.files[0]?.name ?? 'file'}
            </Button>
          )}
          <Button type="submit" look="primary" disabled={shown === undefined} loading={busy}>
            Save {(shown?.files.length ?? 0) > 1 ? 'as zip' : 'file'}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <RadioList label="Format" groups={formatGroups} value={format} onChange={setFormat} />
        <div className={styles.choice}>
          {!isSheet && (
            <Field label="Secrets">
              <SegmentedControl segments={secretSegments} value={chosenSecrets} onChange={setSecrets} />
            </Field>
          )}
          {expired > 0 && (
            <Checkbox
              checked={includeExpired}
              onChange={setIncludeExpired}
              label={`Include ${countOf(expired, 'expired token')}`}
            />
          )}
          {error !== undefined && <ErrorNote title="These tokens can't be exported.">{error.message}</ErrorNote>}
          {shown !== undefined && isSheet && <SheetFacts shown={shown} />}
          {shown !== undefined && !isSheet && (
            // With real secrets, nothing is left to fill in.
            <ExportPreview
              files={shown.files}
              notes={isReal ? [] : shown.notes}
              notKept={shown.notKept}
              isReal={isReal}
            />
          )}
        </div>
      </div>
    </Dialog>
  );
};
