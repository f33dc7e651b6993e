import { Ban, CircleCheck, CirclePause, Clock, type LucideIcon } from 'lucide-react';
import { Badge } from './Badge.tsx';
import { type RowState, type TokenState, tokenState } from './tokenState.ts';

const icons: Readonly<Record<TokenState['word'], LucideIcon>> = {
  Active: CircleCheck,
  Inactive: CirclePause,
  Expired: Clock,
  Revoked: Ban,
};

interface StateChipProps {
  readonly state: RowState;
  /** Expired, but its row is still ACTIVE. */
  readonly overdue?: boolean;
}

/** A token's state by colour, icon and word. The tooltip has the row's state. */
export const StateChip = ({ state, overdue = false }: StateChipProps) => {
  const { word, tone, detail } = tokenState(state, overdue);
  return (
    <Badge tone={tone} icon={icons[word]} title={detail}>
      {word}
    </Badge>
  );
};
