import { type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import { type Prunable, prunable } from '../../../../preload/contract/describe.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { NameToType } from '../../../ui/overlays/NameToType.tsx';
import { DescribedChanges } from '../../../ui/tables/DescribedChanges.tsx';
import styles from '../settings.module.css';
import { ApplyFields, useChosenYaml } from './ApplyFields.tsx';

/** The changes of an apply that removes these kinds. */
interface Plan extends OutputOf<MethodOf<'describe.apply'>> {
  readonly prune: readonly Prunable[];
}

const kinds: Readonly<Record<Prunable, string>> = {
  devices: 'Device tokens',
  deviceSets: 'Device sets',
  subscriptions: 'Subscriptions',
  applications: 'Applications',
  users: 'Users',
  scopes: 'Scopes',
  apis: 'APIs',
  tiers: 'Tiers',
};

interface PruneProps {
  readonly prune: readonly Prunable[];
  readonly onChange: (prune: readonly Prunable[]) => void;
  readonly disabled: boolean;
}

/** Chooses the kinds of which everything else is removed. */
const Prune = ({ prune, onChange, disabled }: PruneProps) => (
  <fieldset className={styles.kinds} disabled={disabled}>
    <legend>Also remove what the file doesn't name</legend>
    {prunable.options.map((kind) => (
      <Checkbox
        key={kind}
        label={kinds[kind]}
        checked={prune.includes(kind)}
        onChange={(on) => onChange(on ? [...prune, kind] : prune.filter((other) => other !== kind))}
      />
    ))}
  </fieldset>
);

/** Reads a keyfob.yaml, previews its changes, and applies it. File and secrets stay in this component. */
export const ApplyDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const toast = useToast();
  const [plan, setPlan] = useState<Plan>();
  const [prune, setPrune] = useState<readonly Prunable[]>([]);
  const [typed, setTyped] = useState('');
  const { run, pending, error, cancel, reset } = useCall('describe.apply');
  const yaml = useChosenYaml(reset);
  const { input } = yaml;
  const removed = plan?.changes.filter(({ action }) => action === 'remove') ?? [];
  const nameToType = removed.length === 0 ? undefined : countOf(removed.length, 'item');

  const preview = async (next: readonly Prunable[]) => {
    setPrune(next);
    setTyped('');
    const changes = await run({ ...input, prune: [...next], diff: true });
    if (changes !== undefined) setPlan({ ...changes, prune: next });
  };
  const apply = async () => {
    const done = await run({ ...input, prune: [...prune], removable: removed.map(({ item }) => item) });
    if (done === undefined) {
      // Others may have changed what the preview showed.
      setPlan(undefined);
      return;
    }
    toast({ tone: 'good', title: 'keyfob.yaml applied', detail: `${countOf(done.changes.length, 'change')}.` });
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void (plan === undefined ? preview([]) : apply());
  };
  const message = yaml.fault ?? error?.message;

  const isReady =
    plan !== undefined &&
    plan.prune === prune &&
    plan.changes.length > 0 &&
    (nameToType === undefined || typed.trim() === nameToType);
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
          : 'Applied completely, or not at all. Everything that the file leaves out stays the same, unless you remove it here.'
      }
      onSubmit={submit}
      footer={
        <>
          <Button onClick={pending ? cancel : onClose}>Cancel</Button>
          {plan === undefined ? (
            <Button type="submit" look="primary" loading={pending} disabled={!yaml.isComplete}>
              Preview
            </Button>
          ) : (
            <Button
              type="submit"
              look={removed.length > 0 ? 'danger' : 'primary'}
              loading={pending}
              disabled={!isReady}
            >
              {nameToType === undefined ? 'Apply' : `Apply and remove ${nameToType}`}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.fields}>
        {message !== undefined && <ErrorNote title="Nothing was applied.">{message}</ErrorNote>}
        {plan === undefined ? (
          <ApplyFields yaml={yaml} />
        ) : (
          <>
            <Prune prune={prune} onChange={(next) => void preview(next)} disabled={pending} />
            <DescribedChanges {...plan} />
            {nameToType !== undefined && <NameToType name={nameToType} value={typed} onChange={setTyped} />}
          </>
        )}
      </div>
    </Dialog>
  );
};
