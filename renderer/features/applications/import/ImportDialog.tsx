import type { KeyType } from '../../../../preload/contract/values.ts';
import { usePreviewedImport } from '../../../store/hooks/calls/usePreviewedImport.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { KeyTypeSwitch } from '../../../ui/choices/KeyTypeSwitch.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { DocumentFields, type DocumentSource, hasDocument, noDocument } from '../../../ui/files/DocumentFields.tsx';
import { PreviewDialog } from '../../../ui/overlays/PreviewDialog.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import styles from './import.module.css';

/** The form's values. */
interface Source extends DocumentSource {
  readonly name: string;
  readonly keyType: KeyType;
  readonly tokenUrl: string;
  readonly withKeys: boolean;
}

const nothing: Source = { ...noDocument, name: '', keyType: 'PRODUCTION', tokenUrl: '', withKeys: true };

const kinds =
  'A zip of apictl, JSON of the developer portal, a Postman, Bruno or Insomnia file, .env or a curl command.';

/** Leaves out empty values, so that those of the file count. */
const inputOf = ({ name, keyType, tokenUrl, withKeys }: Source, shared: { file: string; preview: boolean }) => ({
  ...shared,
  ...(name.trim() !== '' && { name }),
  ...(tokenUrl !== '' && { tokenUrl }),
  ...{ keyType, withKeys },
});

interface SourceFieldsProps {
  readonly source: Source;
  readonly onChange: (patch: Partial<Source>) => void;
  readonly faultAt: (path: string) => string | undefined;
}

/** The file, and the values that it may lack. */
const SourceFields = ({ source, onChange, faultAt }: SourceFieldsProps) => {
  // It names the kinds too.
  const fault = faultAt('file');
  return (
    <>
      <DocumentFields
        {...{ source, onChange }}
        name="Import from"
        fileLabel="File to import"
        textLabel="Text to import"
        hint={fault === undefined ? kinds : undefined}
        error={fault}
      />
      <div className={styles.pair}>
        <Field label="Application name" optional error={faultAt('name')}>
          <TextInput
            placeholder="as in the file"
            value={source.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field label="Key type" hint="If the file names none.">
          <KeyTypeSwitch value={source.keyType} onChange={(keyType) => onChange({ keyType })} />
        </Field>
      </div>
      <Field
        label="Token address of the server"
        optional
        hint="If snippets should address the server that issued the keys."
        error={faultAt('tokenUrl')}
      >
        <TextInput
          mono
          placeholder="https://gw.example.com:8243/token"
          value={source.tokenUrl}
          onChange={(event) => onChange({ tokenUrl: event.target.value.trim() })}
        />
      </Field>
      <Checkbox
        label="Import consumer keys and secrets"
        checked={source.withKeys}
        onChange={(withKeys) => onChange({ withKeys })}
      />
    </>
  );
};

interface ImportDialogProps {
  readonly onClose: () => void;
  /** Gets the names of the imported applications. */
  readonly onImported: (names: readonly string[]) => void;
}

/** Imports applications with keys and subscriptions, after a preview. File and text stay in this component. */
export const ImportDialog = ({ onClose, onImported }: ImportDialogProps) => {
  const toast = useToast();
  const { source, preview, faultAt, change, dialog } = usePreviewedImport('imports.application', {
    nothing,
    inputOf,
    onImported: ({ applications }) => {
      toast({ tone: 'good', title: `${applications.join(', ')} imported.` });
      onClose();
      onImported(applications);
    },
  });
  return (
    <PreviewDialog
      {...dialog}
      size="large"
      title="Import an application"
      disabled={!hasDocument(source) || preview?.changes.length === 0}
      action="Import"
      onClose={onClose}
    >
      {preview === undefined ? (
        <SourceFields source={source} onChange={change} faultAt={faultAt} />
      ) : (
        <ImportPreview found={preview} />
      )}
    </PreviewDialog>
  );
};
