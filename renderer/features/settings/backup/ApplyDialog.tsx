import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { base64Of } from '../../../store/core/document.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { PasswordInput } from '../../../ui/fields/PasswordInput.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { DescribedChanges } from '../../../ui/tables/DescribedChanges.tsx';
import styles from '../settings.module.css';

interface Chosen {
  readonly file: string;
  /** The names in the file that have no default. */
  readonly names: readonly string[];
}

/** A command takes these names from its environment. A window has none, so it asks. */
const namesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::\?[^}]*)?\}/g)].map(([, name = '']) => name)),
];

/** Reads a keyfob.yaml, previews its changes, and applies it. File and secrets stay in this component. */
export const ApplyDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const toast = useToast();
  const [chosen, setChosen] = useState<Chosen>();
  const [fault, setFault] = useState<string>();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [plan, setPlan] = useState<OutputOf<MethodOf<'describe.apply'>>>();
  const { run, pending, error, cancel, reset } = useCall('describe.apply');

  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    setChosen(undefined);
    setFault(undefined);
    reset();
    if (file === undefined) return;
    try {
      setChosen({ file: await base64Of(file), names: namesIn(await file.text()) });
    } catch (thrown) {
      setFault(asKeyfobError(thrown).message);
    }
  };
  const { file = '', names = [] } = chosen ?? {};
  const variables = Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
  const apply = async () => {
    const done = await run({ file, variables });
    if (done === undefined) return;
    toast({ tone: 'good', title: 'keyfob.yaml applied', detail: `${countOf(done.changes.length, 'change')}.` });
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (plan === undefined) void run({ file, variables, diff: true }).then(setPlan);
    else void apply();
  };
  const message = fault ?? error?.message;
  const incomplete = chosen === undefined || names.some((name) => (values[name] ?? '') === '');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={pending}
      size={plan === undefined ? 'medium' : 'large'}
      title={plan === undefined ? 'Apply keyfob.yaml' : 'Changes of this file'}
      description={
        plan === undefined
          ? 'Choose a file. Nothing changes until you confirm.'
          : 'Applied completely, or not at all. Everything that the file leaves out stays the same.'
      }
      onSubmit={submit}
      footer={
        <>
          <Button onClick={pending ? cancel : onClose}>Cancel</Button>
          {plan === undefined ? (
            <Button type="submit" look="primary" loading={pending} disabled={incomplete}>
              Preview
            </Button>
          ) : (
            <Button type="submit" look="primary" loading={pending} disabled={plan.changes.length === 0}>
              Apply
            </Button>
          )}
        </>
      }
    >
      <div className={styles.fields}>
        {message !== undefined && <ErrorNote title="Nothing was applied.">{message}</ErrorNote>}
        {plan === undefined ? (
          <>
            <Field label="File">
              <TextInput type="file" onChange={(event) => void choose(event)} />
            </Field>
            {names.map((name) => (
              <Field key={name} label={name} hint="A secret that the file names">
                <PasswordInput
                  autoComplete="off"
                  value={values[name] ?? ''}
                  onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                />
              </Field>
            ))}
          </>
        ) : (
          <DescribedChanges {...plan} />
        )}
      </div>
    </Dialog>
  );
};
