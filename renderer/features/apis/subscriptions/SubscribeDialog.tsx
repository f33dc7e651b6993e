import { type FormEvent, useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { TierField } from '../TierField.tsx';
import { nameOf } from '../words.ts';

/** Subscribes an application to an API. Mount it while it is open. */
export const SubscribeDialog = ({ api, onClose }: { readonly api: Api; readonly onClose: () => void }) => {
  const toast = useToast();
  const applications = useRead('applications.list', {}).value?.items ?? [];
  const subscribe = useCall('subscriptions.create');
  const [chosen, setChosen] = useState<string>();
  const [tier, setTier] = useState('Unlimited');
  const only = applications.length === 1 ? applications[0]?.name : undefined;
  const application = chosen ?? only;
  const faults = { application: faultAt(subscribe.error, 'application'), tier: faultAt(subscribe.error, 'tier') };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (application === undefined) return;
    const created = await subscribe.run({ application, api: String(api.id), tier });
    if (created === undefined) return;
    toast({ tone: 'good', title: `${created.application} subscribed to ${created.api}.` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Subscribe to ${nameOf(api)}`}
      description="An application may subscribe again at another tier."
      busy={subscribe.pending}
      onSubmit={(event) => void submit(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={subscribe.pending} disabled={application === undefined}>
            Subscribe
          </Button>
        </>
      }
    >
      {subscribe.error !== undefined && faults.application === undefined && faults.tier === undefined && (
        <Banner tone="danger" title={subscribe.error.message} />
      )}
      <Field label="Application" error={faults.application}>
        <Combobox
          noun="application"
          value={application}
          onChange={setChosen}
          options={applications.map(({ name, owner }) => ({
            value: name,
            label: name,
            description: `owned by ${owner}`,
          }))}
        />
      </Field>
      <TierField
        level="subscription"
        value={tier}
        onChange={setTier}
        error={faults.tier}
        hint="All users of the application share this quota."
      />
    </Dialog>
  );
};
