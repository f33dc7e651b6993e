import type { ApiState } from '../../../preload/contract/apis.ts';
import { Badge } from '../../ui/facts/Badge.tsx';
import { stateLooks } from './words.ts';

/** An API's lifecycle state by colour, icon and word. The tooltip has its effect. */
export const StateBadge = ({ state }: { readonly state: ApiState }) => {
  const { label, tone, icon, meaning } = stateLooks[state];
  return (
    <Badge tone={tone} icon={icon} title={meaning}>
      {label}
    </Badge>
  );
};
