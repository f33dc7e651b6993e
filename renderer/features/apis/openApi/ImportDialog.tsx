import { useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { documentOf } from '../../../store/core/document.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { DocumentFields, type DocumentSource, hasDocument, noDocument } from '../../../ui/files/DocumentFields.tsx';
import { PreviewDialog } from '../../../ui/overlays/PreviewDialog.tsx';
import { nameOf } from '../words.ts';
import { type Imported, ImportPreview } from './ImportPreview.tsx';
import styles from './openApi.module.css';

/** The form's values. */
interface Source extends DocumentSource {
  readonly context: string;
  readonly version: string;
  readonly replace: boolean;
}

const nothing: Source = { ...noDocument, context: '', version: '', replace: false };

interface SourceFieldsProps {
  readonly source: Source;
  readonly onChange: (patch: Partial<Source>) => void;
  readonly faultAt: (path: string) => string | undefined;
}

/** The document, and the values that replace its own. */
const SourceFields = ({ source, onChange, faultAt }: SourceFieldsProps) => (
  <>
    <DocumentFields
      {...{ source, onChange }}
      name="Document from"
      fileLabel="OpenAPI file"
      textLabel="OpenAPI document"
      hint="OpenAPI 3 or Swagger 2, in JSON or YAML."
      error={faultAt('file')}
      accept=".json,.yaml,.yml"
      placeholder="openapi: 3.0.1"
    />
    <div className={styles.address}>
      <Field label="Context" optional error={faultAt('context')}>
        <TextInput
          mono
          placeholder="as in the document"
          value={source.context}
          onChange={(event) => onChange({ context: event.target.value.trim() })}
        />
      </Field>
      <Field label="Version" optional error={faultAt('version')}>
        <TextInput
          mono
          placeholder="1.0.0"
          value={source.version}
          onChange={(event) => onChange({ version: event.target.value.trim() })}
        />
      </Field>
    </div>
    <Checkbox
      label="Replace an API of the same name and version"
      checked={source.replace}
      onChange={(replace) => onChange({ replace })}
    />
  </>
);

interface ImportDialogProps {
  readonly onClose: () => void;
  readonly onImported: (api: Api) => void;
}

/** Creates or replaces an API from an OpenAPI document, after a preview. Mount it while it is open. */
export const ImportDialog = ({ onClose, onImported }: ImportDialogProps) => {
  const toast = useToast();
  const importing = useCall('apis.importOpenApi');
  const [source, setSource] = useState(nothing);
  const [preview, setPreview] = useState<Imported>();
  const [unreadable, setUnreadable] = useState<string>();
  const { from, file, text, context, version, replace } = source;
  const faultAt = (path: string) => importing.error?.details.fields?.find((field) => field.path === path)?.message;
  const shownAt = ['file', 'context', 'version'].some((path) => faultAt(path) !== undefined);
  const change = (patch: Partial<Source>) => {
    setUnreadable(undefined);
    importing.reset();
    setSource((before) => ({ ...before, ...patch }));
  };

  const run = async (asPreview: boolean) => {
    try {
      return await importing.run({
        file: await documentOf(from === 'file' ? file : undefined, text),
        ...(context !== '' && { context }),
        ...(version !== '' && { version }),
        ...{ replace, preview: asPreview },
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
    toast({ tone: 'good', title: `API ${nameOf(done.api)} ${done.created ? 'created' : 'replaced'}.` });
    onClose();
    onImported(done.api);
  };
  const fault = unreadable ?? (shownAt && preview === undefined ? undefined : importing.error?.message);
  return (
    <PreviewDialog
      title="Import OpenAPI"
      previewed={preview !== undefined}
      busy={importing.pending}
      disabled={!hasDocument(source)}
      action={preview?.created ? 'Create API' : 'Replace API'}
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
