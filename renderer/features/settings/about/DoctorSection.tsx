import { useState } from 'react';
import type { Finding } from '../../../../preload/contract/doctor.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { ItemTable } from '../../../ui/tables/ItemTable.tsx';

const tones = { ok: 'good', warning: 'warn', problem: 'danger' } as const;

const asText = (items: readonly Finding[]): string =>
  items
    .map(({ state, check, found, todo }) => [`${state}: ${check}: ${found}`, todo].filter(Boolean).join('. '))
    .join('\n');

/** Runs the doctor on demand and shows its findings. */
export const DoctorSection = () => {
  const { run, pending, error } = useCall('doctor.run');
  const [items, setItems] = useState<readonly Finding[]>();
  return (
    <Section
      title="Doctor"
      description="Checks vault, database, ports, certificates, clock and disk. Safe to share."
      actions={
        <>
          {items !== undefined && (
            <CopyButton label="Copy" what="findings of the doctor" size="medium" getText={() => asText(items)} />
          )}
          <Button loading={pending} onClick={() => void run({}).then((answer) => answer && setItems(answer.items))}>
            Run check
          </Button>
        </>
      }
      plain={items === undefined}
    >
      {error !== undefined && <ErrorNote title="The doctor didn't finish.">{error.message}</ErrorNote>}
      {items !== undefined && (
        <ItemTable
          caption={items.every(({ state }) => state === 'ok') ? 'All is well' : 'Findings and fixes'}
          headings={['What', 'State', 'Found']}
          items={items.map(({ check, state, found, todo }) => ({
            ...{ id: check, name: check, state, tone: tones[state] },
            text: (
              <>
                {found}
                {todo !== '' && <p>{todo}</p>}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
};
