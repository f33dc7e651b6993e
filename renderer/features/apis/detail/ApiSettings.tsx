import type { Api } from '../../../../preload/contract/apis.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useMainAction } from '../../../store/hooks/window/useCommands.ts';
import { useDraft } from '../../../store/hooks/window/useDraft.ts';
import { useUnsavedNotice } from '../../../store/hooks/window/useUnsavedNotice.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { SaveBar } from '../../../ui/layout/SaveBar.tsx';
import { apiDraft } from '../apiDraft.ts';
import { nameOf } from '../words.ts';
import { AccessFields } from './AccessFields.tsx';
import styles from './ApiDetail.module.css';
import { type ApiFaults, type ApiValues, apiFields, apiLabels, faultsOf, valuesOf } from './apiValues.ts';
import { BackendFields } from './BackendFields.tsx';
import { CorsFields } from './CorsFields.tsx';
import { GeneralFields } from './GeneralFields.tsx';

const labelsOf = (patch: object): readonly string[] =>
  apiFields.filter((name) => name in patch).map((name) => apiLabels[name]);

/** The form of one API. Changes are saved together. */
export const ApiSettings = ({ api }: { readonly api: Api }) => {
  const update = useCall('apis.update');
  const draft = useDraft<ApiValues>(apiDraft(api.id), valuesOf(api));
  const { values, changes } = draft;
  const faults = faultsOf(values);
  const refused = update.error?.details.fields ?? [];
  const refusals = Object.fromEntries(refused.map(({ path, message }) => [path, message]));
  const shown: ApiFaults = { ...refusals, ...faults };
  const isShown = refused.some(({ path }) => apiFields.some((name) => name === path));

  const save = async () => {
    const sent = { ...changes };
    if ((await update.run({ api: String(api.id), ...sent })) !== undefined) draft.drop(sent);
  };
  const canSave = draft.changed && Object.keys(faults).length === 0;
  useMainAction('Save changes to the API', canSave ? () => void save() : undefined);
  const back = { screen: 'apis', api: String(api.id) } as const;
  const title = `Changes to the API ${nameOf(api)} aren't saved.`;
  useUnsavedNotice(draft.changed ? { title, back, alternative: 'Open the API again' } : undefined);

  const fields = { values, faults: shown, onChange: draft.change };
  return (
    <div className={styles.sections}>
      <GeneralFields {...fields} />
      <BackendFields {...fields} />
      <AccessFields {...fields} />
      <CorsFields {...fields} />
      {update.error !== undefined && !isShown && <ErrorNote title={update.error.message} details={update.error.code} />}
      {draft.changed && (
        <SaveBar
          changed={labelsOf(changes)}
          faulty={labelsOf(faults)}
          saving={update.pending}
          onSave={() => void save()}
          onDiscard={() => {
            draft.drop();
            update.reset();
          }}
        />
      )}
    </div>
  );
};
