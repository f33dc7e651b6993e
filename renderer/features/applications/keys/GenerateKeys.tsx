import { KeyRound, Server } from 'lucide-react';
import { useState } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import { keys } from '../../../../preload/contract/keys.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useMainAction, useNewAction } from '../../../store/hooks/window/useCommands.ts';
import { useDraft } from '../../../store/hooks/window/useDraft.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { newKeysDraft } from '../draftKeys.ts';
import { ServerDialog } from '../server/ServerDialog.tsx';
import { keyTypeLooks } from '../words.ts';
import { KeyFields } from './KeyFields.tsx';
import styles from './keyFields.module.css';
import { faultsOf } from './keyValues.ts';
import { Lifetime } from './Lifetime.tsx';
import { areScopes, ScopePicker } from './ScopePicker.tsx';

interface GenerateKeysProps {
  readonly application: Application;
  readonly keyType: KeyType;
}

const usual = keys.generate.input
  .pick({
    grantTypes: true,
    callbackUrl: true,
    publicClient: true,
    pkce: true,
    pkcePlain: true,
    issueBehaviour: true,
    tokenFormat: true,
  })
  .parse({});

/** Generates the keys of a key type with one press. Advanced options set their initial values. */
export const GenerateKeys = ({ application, keyType }: GenerateKeysProps) => {
  const generate = useCall('keys.generate');
  const toast = useToast();
  const usualSeconds = useRead('settings.read', {}).value?.applicationTokenValiditySeconds;
  const draft = useDraft(newKeysDraft(application.id, keyType), {
    ...usual,
    scopes: [] as readonly string[],
    validitySeconds: usualSeconds,
  });
  const [open, setOpen] = useState(draft.changed);
  const [isProviding, setProviding] = useState(false);
  const { scopes, validitySeconds, ...values } = draft.values;
  const { label } = keyTypeLooks[keyType];
  const faults = faultsOf(values);
  const chosen = 'validitySeconds' in draft.changes;
  const held = Object.keys(faults).length > 0 || !areScopes(scopes) || (chosen && validitySeconds === undefined);

  const run = async () => {
    if (held) {
      setOpen(true);
      return;
    }
    const made = await generate.run({
      application: application.name,
      keyType,
      ...values,
      scope: scopes.join(' '),
      ...(chosen && { validitySeconds }),
    });
    if (made === undefined) return;
    draft.drop();
    toast({
      tone: 'good',
      title: `${label} keys of ${application.name} generated.`,
      detail: 'With a first application token.',
    });
  };
  useMainAction(`Generate ${label} keys`, () => void run());
  const provide = () => setProviding(true);
  useNewAction('Provide existing keys', provide);

  const scopeFault = faultAt(generate.error, 'scope');
  const engineFaults = { callbackUrl: faultAt(generate.error, 'callbackUrl') };
  return (
    <Section
      title={`No ${label} keys yet`}
      description={`A consumer key and secret to get tokens from the endpoint, and a first application token.`}
    >
      <div className={styles.form}>
        {generate.error !== undefined && <ErrorNote title={generate.error.message} details={generate.error.code} />}
        <div className={styles.buttons}>
          <Button look="primary" size="large" icon={KeyRound} loading={generate.pending} onClick={() => void run()}>
            Generate {label} keys
          </Button>
          <Button size="large" icon={Server} onClick={provide}>
            Provide existing keys…
          </Button>
          <span className={styles.note}>
            {held ? 'Fix the marked fields first.' : 'Good defaults. You can change everything later.'}
          </span>
        </div>
        <details className={styles.more} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Advanced options</summary>
          <div className={styles.form}>
            <div className={styles.lifetimes}>
              <ScopePicker value={scopes} onChange={(next) => draft.change({ scopes: next })} error={scopeFault} />
              <Lifetime
                label="Lifetime of the first token"
                value={validitySeconds}
                onChange={(next) => draft.change({ validitySeconds: next })}
                error={faultAt(generate.error, 'validitySeconds')}
              />
            </div>
            <KeyFields values={values} faults={{ ...engineFaults, ...faults }} onChange={draft.change} />
          </div>
        </details>
      </div>
      {isProviding && (
        <ServerDialog application={application.name} keyType={keyType} onClose={() => setProviding(false)} />
      )}
    </Section>
  );
};
