import { zodResolver } from '@hookform/resolvers/zod';
import { AppWindow, Sparkles } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { applications } from '../../../preload/contract/applications.ts';
import type { KeyfobError } from '../../../preload/contract/errors.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError, faultAt } from '../../store/core/resource.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { RadioCards } from '../../ui/choices/RadioCards.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { StageForm } from '../../ui/stage/StageForm.tsx';
import { Steps } from '../../ui/stage/Steps.tsx';
import { makeOwn, makeSample, sample } from './firstApplication.ts';
import { doneAt, stepTitles } from './steps.ts';

interface ApplicationStepProps {
  readonly onBack: () => void;
  readonly onDone: () => void;
  readonly onSkip: () => void;
}

const named = applications.create.input.pick({ name: true });

const choices = [
  {
    value: 'sample',
    label: 'Use a sample',
    icon: Sparkles,
    description: `The application ${sample.application}, the user ${sample.username}, and a token each for ${sample.devices.join(', ')}.`,
  },
  {
    value: 'own',
    label: 'My own',
    icon: AppWindow,
    description: 'Just a name. Add users and devices later.',
  },
] as const;

type Which = 'sample' | 'own';

/** Creates the sample or an own application. Calls `onDone` afterwards. */
function useCreate(which: Which, onDone: () => void) {
  const { host } = useKeyfob();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<KeyfobError>();
  const form = useForm({ resolver: zodResolver(named), defaultValues: { name: '' } });
  /** The name of a failed attempt whose application was created. */
  const halfMade = useRef<string>(undefined);

  const make = async (work: () => Promise<unknown>): Promise<KeyfobError | undefined> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      onDone();
      return undefined;
    } catch (thrown) {
      return asKeyfobError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const own = form.handleSubmit(async ({ name }) => {
    const failed = await make(() => makeOwn(host.call, name, halfMade.current === name));
    const fault = faultAt(failed, 'name');
    if (fault !== undefined) form.setError('name', { message: fault }, { shouldFocus: true });
    else if (failed !== undefined) {
      halfMade.current = name;
      setError(failed);
    }
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    if (which === 'own') await own(event);
    else setError(await make(() => makeSample(host.call)));
  };
  return { submit, busy, error, form };
}

/** Step 3: the first application, a sample or an own one. */
export const ApplicationStep = ({ onBack, onDone, onSkip }: ApplicationStepProps) => {
  const [which, setWhich] = useState<Which>('sample');
  const { submit, busy, error, form } = useCreate(which, onDone);
  return (
    <Stage
      title="Your first application"
      description="An application holds the keys that clients use to get tokens. We'll create one with Production keys."
      above={<Steps titles={stepTitles} done={doneAt.application} />}
    >
      <StageForm
        onSubmit={(event) => void submit(event)}
        focus='[role="radio"][aria-checked="true"]'
        aside={
          <Button size="large" onClick={onBack}>
            Back
          </Button>
        }
        buttons={
          <>
            <Button look="ghost" size="large" onClick={onSkip}>
              Skip
            </Button>
            <Button type="submit" look="primary" size="large" loading={busy}>
              {which === 'sample' ? 'Create sample' : 'Create application'}
            </Button>
          </>
        }
      >
        {error !== undefined && <ErrorNote title="The application was not created.">{error.message}</ErrorNote>}
        <RadioCards aria-label="The first application" value={which} onChange={setWhich} choices={choices} />
        {which === 'own' && (
          <Field label="Application name" error={form.formState.errors.name?.message}>
            <TextInput {...form.register('name')} maxLength={100} placeholder="Billing" />
          </Field>
        )}
      </StageForm>
    </Stage>
  );
};
