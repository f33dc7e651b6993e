import { type FormEvent, useState } from 'react';
import { type Subscription, subscriptionState } from '../../../../preload/contract/subscriptions.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { RadioCards } from '../../../ui/choices/RadioCards.tsx';
import { subscriptionStates } from '../../../ui/facts/subscriptionState.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { TierField } from '../TierField.tsx';

interface SubscriptionDialogProps {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}

/** Changes tier and state of a subscription. Mount it while it is open. */
export const SubscriptionDialog = ({ subscription, onClose }: SubscriptionDialogProps) => {
  const { id, application, api } = subscription;
  const update = useCall('subscriptions.update');
  const [tier, setTier] = useState(subscription.tier);
  const [state, setState] = useState(subscription.state);
  const tierFault = faultAt(update.error, 'tier');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Send only the changes: another client may have changed the rest.
    const changes = { ...(tier !== subscription.tier && { tier }), ...(state !== subscription.state && { state }) };
    if ((await update.run({ subscription: id, ...changes })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${application} at ${api}`}
      busy={update.pending}
      onSubmit={(event) => void submit(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={update.pending}>
            Save subscription
          </Button>
        </>
      }
    >
      {update.error !== undefined && tierFault === undefined && <Banner tone="danger" title={update.error.message} />}
      <TierField level="subscription" value={tier} onChange={setTier} error={tierFault} />
      <Field label="State">
        <RadioCards
          value={state}
          onChange={setState}
          choices={subscriptionState.options.map((value) => ({
            value,
            label: subscriptionStates[value].label,
            description: subscriptionStates[value].meaning,
          }))}
        />
      </Field>
    </Dialog>
  );
};
