import { useState } from 'react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import styles from './RevokeForm.module.css';
import { type PurgeTarget, usePurge } from './usePurge.ts';

const usualDays = 30;
const mostDays = 3650;
/** The option for all applications. Names are trimmed, so no application has this one. */
const all = ' ';

/** Chooses the retired tokens to delete for good, and counts them first. */
export const PurgeDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [days, setDays] = useState<number | undefined>(usualDays);
  const [application, setApplication] = useState(all);
  const applications = useRead('applications.list', {}).value?.items ?? [];
  const isDays = days !== undefined && Number.isInteger(days) && days >= 0 && days <= mostDays;
  const target: PurgeTarget | undefined = isDays
    ? { olderThanDays: days, ...(application !== all && { application }) }
    : undefined;
  const purge = usePurge(target);
  const { count = 0, running = false, progress, error } = purge;
  const confirm = async () => {
    if (count > 0 && (await purge.run())) onClose();
  };
  const said = () => {
    if (target === undefined) return '';
    if (purge.count === undefined) return 'Counting…';
    return count === 0 ? 'No retired token is that old.' : `${countOf(count, 'token')} will be deleted for good.`;
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      busy={running}
      size="small"
      title="Purge retired tokens"
      description="Deletes inactive and revoked tokens and their history. Tokens with a working refresh token are kept."
      footer={
        <>
          {running ? <Button onClick={purge.stop}>Stop</Button> : <Button onClick={onClose}>Cancel</Button>}
          <Button look="danger" loading={running} disabled={count === 0 && !running} onClick={() => void confirm()}>
            {count === 0 ? 'Purge' : `Purge ${countOf(count, 'token')}`}
          </Button>
        </>
      }
    >
      <Field
        label="Retired at least this long ago"
        error={isDays ? undefined : `A whole number of days from 0 to ${mostDays}.`}
      >
        <NumberInput unit="days" min={0} max={mostDays} step={1} value={days} onChange={setDays} />
      </Field>
      <Field label="Application">
        <Select
          options={[
            { value: all, label: 'All applications' },
            ...applications.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={application}
          onChange={setApplication}
        />
      </Field>
      {running ? (
        <Progress label="Purging" value={progress?.done} max={progress?.total ?? count} />
      ) : (
        <p role="status" className={styles.none}>
          {said()}
        </p>
      )}
      {error !== undefined && <ErrorNote title="Not all of them were purged.">{error.message}</ErrorNote>}
      <p className={styles.none}>
        Automate this in <a href={hrefOf({ screen: 'settings', section: 'rules' })}>Settings → Token rules</a>.
      </p>
    </Dialog>
  );
};
