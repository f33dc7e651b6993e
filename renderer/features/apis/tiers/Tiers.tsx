import { useState } from 'react';
import { type Tier, tierLevel } from '../../../../preload/contract/tiers.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useEditAction } from '../../../store/hooks/window/useCommands.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { ShortTable } from '../../../ui/tables/ShortTable.tsx';
import { Counters } from './Counters.tsx';
import { DeleteTier } from './DeleteTier.tsx';
import { TierDialog } from './TierDialog.tsx';
import { type TierAction, TierActions, tierColumns } from './tierColumns.tsx';
import styles from './tiers.module.css';
import { levelWords, unlimited } from './tierWords.ts';

const keyOf = ({ id }: Tier) => id;
const labelOf = ({ name }: Tier) => `tier ${name}`;

interface Asked {
  readonly action: TierAction;
  readonly tier: Tier;
}

/** The throttling tiers by level, and their current counters. */
export const Tiers = () => {
  const { value, error } = useRead('tiers.list', {});
  const [asked, setAsked] = useState<Asked>();
  const [active, setActive] = useState<Tier>();
  const tiers = value?.items ?? [];
  const edit = (tier: Tier) => tier.name !== unlimited && setAsked({ action: 'edit', tier });
  const atKeys = tiers.find(({ id, name }) => id === active?.id && name !== unlimited);
  useEditAction(`Edit the tier ${atKeys?.name}`, atKeys && (() => edit(atKeys)));
  const close = () => setAsked(undefined);
  if (error !== undefined) return <ErrorNote title={error.message} details={error.code} />;
  if (value === undefined) return <Skeleton label="Loading the tiers" />;
  return (
    <TierActions value={(action, tier) => setAsked({ action, tier })}>
      <div className={styles.sections}>
        <Counters />
        {tierLevel.options.map((level) => (
          <Section key={level} title={levelWords[level].title} description={levelWords[level].meaning} plain>
            <ShortTable
              label={levelWords[level].title}
              columns={tierColumns}
              rows={tiers.filter((tier) => tier.level === level)}
              rowKey={keyOf}
              rowLabel={labelOf}
              rowHeight={38}
              onOpen={edit}
              onActive={setActive}
            />
          </Section>
        ))}
      </div>
      {asked?.action === 'edit' && <TierDialog tier={asked.tier} onClose={close} />}
      {asked?.action === 'delete' && <DeleteTier tier={asked.tier} onClose={close} />}
    </TierActions>
  );
};
