import { useState } from 'react';
import { settingsShape } from '../../../../preload/contract/settings/settings.ts';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useDraft } from '../../../store/hooks/window/useDraft.ts';
import { useUnsavedNotice } from '../../../store/hooks/window/useUnsavedNotice.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import styles from './certificate.module.css';

const names = settingsShape.extraNames.unwrap();

const check = (text: string) => {
  const { error } = names.safeParse([text]);
  return error === undefined
    ? ({ ok: true } as const)
    : ({ ok: false, problem: error.issues[0]?.message ?? 'Not a valid name.' } as const);
};

const none: readonly string[] = [];

const suggestions = [
  { value: '10.0.2.2', description: 'This machine, for the Android emulator' },
  { value: 'host.docker.internal', description: 'This machine, for Docker containers' },
  { value: 'host.containers.internal', description: 'This machine, for Podman containers' },
];

/** The names as a person edits them, and how to save them. */
function useExtraNames() {
  const { host } = useKeyfob();
  const toast = useToast();
  const settings = useRead('settings.read', {}).value;
  const draft = useDraft('extra names', { extraNames: settings?.extraNames ?? none });
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const { extraNames } = draft.values;
  const change = (names: readonly string[]) => {
    setProblem(undefined);
    draft.change({ extraNames: names });
  };
  useUnsavedNotice(
    draft.changed
      ? {
          title: "The endpoint's names aren't saved.",
          back: { screen: 'endpoint', part: 'certificate' },
          alternative: 'Open “Certificate and trust” again',
        }
      : undefined,
  );

  async function save(): Promise<void> {
    setPending(true);
    setProblem(undefined);
    try {
      await host.call('settings.write', { extraNames: [...extraNames] });
      draft.drop({ extraNames });
      toast({ tone: 'good', title: 'The names are saved.', detail: 'The certificate was renewed for them.' });
    } catch (error) {
      setProblem(asKeyfobError(error).message);
    } finally {
      setPending(false);
    }
  }

  const discard = () => {
    setProblem(undefined);
    draft.drop();
  };
  return { extraNames, changed: draft.changed, change, problem, pending, save, discard };
}

/** Extra names and addresses of this machine, with a warning about their reach. */
export const ExtraNames = () => {
  const { extraNames, changed, change, problem, pending, save, discard } = useExtraNames();
  return (
    <Section
      title={settingTexts.extraNames.title}
      description="How phones, emulators and containers reach this machine."
    >
      <div className={styles.form}>
        <Field
          label="Names and addresses"
          error={problem}
          hint="Names that end in .localhost, .local, .test or .internal, and private addresses."
        >
          <ChipsInput
            value={extraNames}
            onChange={change}
            check={check}
            nouns={['name', 'names']}
            placeholder="phone.test, 192.168.1.20"
            suggestions={suggestions}
          />
        </Field>
        {extraNames.length > 0 && (
          <Banner tone="warn" title="This opens the endpoint beyond this machine.">
            The endpoint answers to these names and listens on these addresses. Anyone in their network who knows a
            consumer key and secret can then get tokens.
          </Banner>
        )}
        {changed && (
          <div className={styles.buttons}>
            <Button
              look="primary"
              loading={pending}
              disabled={extraNames.some((name) => !check(name).ok)}
              onClick={() => void save()}
            >
              Save names
            </Button>
            <Button onClick={discard}>Discard</Button>
          </div>
        )}
      </div>
    </Section>
  );
};
