import { useState } from 'react';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { documentOf } from '../../../store/core/document.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { KeyTypeSwitch } from '../../../ui/choices/KeyTypeSwitch.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { DocumentFields, type DocumentSource, hasDocument, noDocument } from '../../../ui/files/DocumentFields.tsx';
import { PreviewDialog } from '../../../ui/overlays/PreviewDialog.tsx';
import { type Imported, ImportPreview } from './ImportPreview.tsx';
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
  const importing = useCall('imports.application');
  const [source, setSource] = useState(nothing);
  const [preview, setPreview] = useState<Imported>();
  const [unreadable, setUnreadable] = useState<string>();
  const { from, file, text, name, keyType, tokenUrl, withKeys } = source;
  const faultAt = (path: string) => importing.error?.details.fields?.find((field) => field.path === path)?.message;
  const shownAt = ['file', 'name', 'tokenUrl'].some((path) => faultAt(path) !== undefined);
  const change = (patch: Partial<Source>) => {
    setUnreadable(undefined);
    importing.reset();
    setSource((before) => ({ ...before, ...patch }));
  };

  const run = async (asPreview: boolean) => {
    try {
      return await importing.run({
        file: await documentOf(from === 'file' ? file : undefined, text),
        ...(name.trim() !== '' && { name }),
        ...(tokenUrl !== '' && { tokenUrl }),
        ...{ keyType, withKeys, preview: asPreview },
      });
    } catch (error) {
      setUnreadable(asKeyfobError(error).message);
      return undefined;
    }
  };
  const submit = async () => {
    if (preview === undefined) {
      setPreview(await run(true));
      return;
    }
    const done = await run(false);
    if (done === undefined) return;
    toast({ tone: 'good', title: `${done.applications.join(', ')} imported.` });
    onClose();
    onImported(done.applications);
  };
  const fault = unreadable ?? (shownAt && preview === undefined ? undefined : importing.error?.message);
  return (
    <PreviewDialog
      size="large"
      title="Import an application"
      previewed={preview !== undefined}
      busy={importing.pending}
      disabled={!hasDocument(source) || preview?.changes.length === 0}
      action="Import"
      fault={fault}
      onSubmit={() => void submit()}
      onBack={() => setPreview(undefined)}
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
