import { type FormEvent, useState } from 'react';
import { type Tier, tierLevel } from '../../../../preload/contract/tiers.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { QuotaFields } from './QuotaFields.tsx';
import { faultsOf, inputOf, newTier, type TierFaults, type TierValues, valuesOf } from './tierValues.ts';
import { levelWords } from './tierWords.ts';

const levels = tierLevel.options.map((value) => ({ value, label: levelWords[value].label }));

const isSound = (faults: TierFaults): boolean => Object.values(faults).every((fault) => fault === undefined);

interface TierDialogProps {
  /** The tier to change. Absent: a new one. */
  readonly tier?: Tier;
  readonly onClose: () => void;
}

/** Creates or changes a tier. Mount it while it is open. */
export const TierDialog = ({ tier, onClose }: TierDialogProps) => {
  const toast = useToast();
  const create = useCall('tiers.create');
  const update = useCall('tiers.update');
  const [values, setValues] = useState<TierValues>(() => (tier === undefined ? newTier : valuesOf(tier)));
  const [submitted, setSubmitted] = useState(false);
  const change = (patch: Partial<TierValues>) => setValues((before) => ({ ...before, ...patch }));
  const pending = create.pending || update.pending;
  const error = create.error ?? update.error;
  const refused = Object.fromEntries((error?.details.fields ?? []).map(({ path, message }) => [path, message]));
  const local = faultsOf(values);
  const faults: TierFaults = submitted ? (isSound(local) ? refused : local) : {};

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSubmitted(true);
    if (!isSound(local)) return;
    const saved = await (tier === undefined ? create : update).run(inputOf(values));
    if (saved === undefined) return;
    toast({
      tone: 'good',
      title: `Tier ${saved.name} ${tier === undefined ? 'created' : 'saved'}.`,
      ...(tier !== undefined && { detail: 'Its counters start again.' }),
    });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={tier === undefined ? 'New tier' : `Tier ${tier.name}`}
      description={levelWords[values.level].meaning}
      busy={pending}
      onSubmit={(event) => void submit(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={pending}>
            {tier === undefined ? 'Create tier' : 'Save tier'}
          </Button>
        </>
      }
    >
      {error !== undefined && Object.keys(refused).length === 0 && <Banner tone="danger" title={error.message} />}
      {tier === undefined && (
        <>
          <Field label="Level">
            <SegmentedControl segments={levels} value={values.level} onChange={(level) => change({ level })} />
          </Field>
          <Field label="Name" required error={faults.name} hint="Can't be changed.">
            <TextInput
              value={values.name}
              placeholder="3PerMin"
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
        </>
      )}
      <QuotaFields values={values} faults={faults} onChange={change} />
      <Field label="Description" optional error={faults.description}>
        <TextInput value={values.description} onChange={(event) => change({ description: event.target.value })} />
      </Field>
    </Dialog>
  );
};
