import { Badge } from './Badge.tsx';
import { type SubscriptionState, subscriptionStates } from './subscriptionState.ts';

/** A subscription's state by colour and word. The tooltip has its effect. */
export const SubscriptionChip = ({ state }: { readonly state: SubscriptionState }) => {
  const { label, tone, meaning } = subscriptionStates[state];
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  );
};
