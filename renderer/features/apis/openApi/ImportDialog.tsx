import type { Api } from '../../../../preload/contract/apis.ts';
import { usePreviewedImport } from '../../../store/hooks/calls/usePreviewedImport.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { DocumentFields, type DocumentSource, hasDocument, noDocument } from '../../../ui/files/DocumentFields.tsx';
import { PreviewDialog } from '../../../ui/overlays/PreviewDialog.tsx';
import { nameOf } from '../words.ts';
import { ImportPreview } from './ImportPreview.tsx';
import styles from './openApi.module.css';

/** The form's values. */
interface Source extends DocumentSource {
  readonly context: string;
  readonly version: string;
  readonly replace: boolean;
}

const nothing: Source = { ...noDocument, context: '', version: '', replace: false };

/** Leaves out empty values, so that those of the document count. */
const inputOf = ({ context, version, replace }: Source, shared: { file: string; preview: boolean }) => ({
  ...shared,
  ...(context !== '' && { context }),
  ...(version !== '' && { version }),
  replace,
});

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
  const { source, preview, faultAt, change, dialog } = usePreviewedImport('apis.importOpenApi', {
    nothing,
    inputOf,
    onImported: ({ api, created }) => {
      toast({ tone: 'good', title: `API ${nameOf(api)} ${created ? 'created' : 'replaced'}.` });
      onClose();
      onImported(api);
    },
  });
  return (
    <PreviewDialog
      {...dialog}
      title="Import OpenAPI"
      disabled={!hasDocument(source)}
      action={preview?.created ? 'Create API' : 'Replace API'}
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
