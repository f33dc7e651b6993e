import { Ban, CircleCheck, CirclePause, Clock, type LucideIcon } from 'lucide-react';
import { Badge } from './Badge.tsx';
import type { Tone } from './tone.ts';

const looks: Readonly<Record<'ACTIVE' | 'INACTIVE' | 'EXPIRED' | 'REVOKED', { tone: Tone; icon: LucideIcon }>> = {
  ACTIVE: { tone: 'good', icon: CircleCheck },
  INACTIVE: { tone: 'neutral', icon: CirclePause },
  EXPIRED: { tone: 'warn', icon: Clock },
  REVOKED: { tone: 'danger', icon: Ban },
};

/** A token state's colour, for what draws states in another shape. */
export const stateTone = (state: keyof typeof looks): Tone => looks[state].tone;

interface StateChipProps {
  readonly state: keyof typeof looks;
  /** Its end has passed but nothing has retired it yet: still ACTIVE by name, no longer valid. */
  readonly overdue?: boolean;
}

/** A token state by colour, sign and word. */
export const StateChip = ({ state, overdue = false }: StateChipProps) =>
  overdue ? (
    <Badge tone="warn" icon={Clock}>
      {state} · overdue
    </Badge>
  ) : (
    <Badge tone={looks[state].tone} icon={looks[state].icon}>
      {state}
    </Badge>
  );
