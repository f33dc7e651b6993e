import { type KeySet, keys } from '../../../../preload/contract/keys.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useMainAction } from '../../../store/hooks/window/useCommands.ts';
import { useDraft } from '../../../store/hooks/window/useDraft.ts';
import { useUnsavedNotice } from '../../../store/hooks/window/useUnsavedNotice.ts';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../../ui/chips/chips.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { SaveBar } from '../../../ui/layout/SaveBar.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { keysDraft } from '../draftKeys.ts';
import { keyTypeLooks } from '../words.ts';
import { KeyFields } from './KeyFields.tsx';
import styles from './keyFields.module.css';
import { faultsOf, type KeyValues, keyLabels, lifetimeNames, valuesOf } from './keyValues.ts';
import { Lifetime } from './Lifetime.tsx';

const origin = keys.update.input.shape.allowedOrigins.unwrap().element;
const checkOrigin = (text: string): ChipVerdict => {
  const read = origin.safeParse(text);
  return read.success ? { ok: true } : { ok: false, problem: read.error.issues[0]?.message ?? 'Not a valid origin.' };
};

const namesOf = (patch: object): readonly string[] =>
  Object.keys(patch).map((name) => keyLabels[name as keyof KeyValues]);

/** How a key set issues tokens. Changes are saved together. */
export const KeySettings = ({ keySet }: { readonly keySet: KeySet }) => {
  const { application, applicationId, keyType } = keySet;
  const update = useCall('keys.update');
  const draft = useDraft<KeyValues>(keysDraft(applicationId, keyType), valuesOf(keySet));
  const { values, changes } = draft;
  const faults = faultsOf(values);
  const shown = { callbackUrl: faultAt(update.error, 'callbackUrl'), ...faults };

  const save = async () => {
    const sent = { ...changes };
    if ((await update.run({ application, keyType, ...sent })) !== undefined) draft.drop(sent);
  };
  const canSave = draft.changed && Object.keys(faults).length === 0;
  useMainAction('Save changes to the keys', canSave ? () => void save() : undefined);
  const back = { screen: 'applications', application: String(applicationId), keyType } as const;
  const title = `Changes to the ${keyTypeLooks[keyType].label} keys of ${application} aren't saved.`;
  useUnsavedNotice(draft.changed ? { title, back, alternative: 'Open the application again' } : undefined);

  return (
    <>
      <Section title="How tokens are issued" description="Applies to new tokens. Existing ones don't change.">
        <div className={styles.form}>
          <KeyFields values={values} faults={shown} onChange={draft.change} />
          <div className={styles.lifetimes}>
            {lifetimeNames.map((name) => (
              <Lifetime
                key={name}
                label={keyLabels[name]}
                value={values[name]}
                onChange={(seconds) => draft.change({ [name]: seconds })}
                error={faults[name]}
              />
            ))}
          </div>
          <Field
            label={keyLabels.allowedOrigins}
            optional
            error={faults.allowedOrigins}
            hint="Web pages that may call the endpoint with these keys. Pages on localhost always may."
          >
            <ChipsInput
              value={values.allowedOrigins}
              onChange={(origins) => draft.change({ allowedOrigins: [...origins] })}
              check={checkOrigin}
              nouns={['origin', 'origins']}
              placeholder="https://app.test:3000"
            />
          </Field>
        </div>
      </Section>
      {update.error !== undefined && <ErrorNote title={update.error.message} details={update.error.code} />}
      {draft.changed && (
        <SaveBar
          changed={namesOf(changes)}
          faulty={namesOf(faults)}
          saving={update.pending}
          onSave={() => void save()}
          onDiscard={() => {
            draft.drop();
            update.reset();
          }}
        />
      )}
    </>
  );
};
