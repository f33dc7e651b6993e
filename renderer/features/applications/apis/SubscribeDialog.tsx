import { type FormEvent, useState } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import type { Tier } from '../../../../preload/contract/tiers.ts';
import { faultAt } from '../../../store/core/resource.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useTierOptions } from '../../../store/hooks/topics/useTierOptions.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { formatQuota } from '../../../ui/facts/quota.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';

const quotaOf = (tier: Tier): string => formatQuota(tier);

interface SubscribeDialogProps {
  readonly application: Application;
  readonly onClose: () => void;
}

/** Subscribes an application to an API. Mount it while it is open. */
export const SubscribeDialog = ({ application, onClose }: SubscribeDialogProps) => {
  const toast = useToast();
  const apis = useRead('apis.list', {}).value?.items ?? [];
  const subscribe = useCall('subscriptions.create');
  const [api, setApi] = useState<string>();
  const [tier, setTier] = useState('Unlimited');
  const tiers = useTierOptions('subscription', tier, quotaOf);
  const faults = { api: faultAt(subscribe.error, 'api'), tier: faultAt(subscribe.error, 'tier') };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (api === undefined) return;
    const created = await subscribe.run({ application: String(application.id), api, tier });
    if (created === undefined) return;
    toast({ tone: 'good', title: `${created.application} subscribed to ${created.api}.` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Subscribe ${application.name}`}
      busy={subscribe.pending}
      onSubmit={(event) => void submit(event)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={subscribe.pending} disabled={api === undefined}>
            Subscribe
          </Button>
        </>
      }
    >
      {subscribe.error !== undefined && faults.api === undefined && faults.tier === undefined && (
        <Banner tone="danger" title={subscribe.error.message} />
      )}
      <Field label="API" error={faults.api}>
        <Combobox
          noun="API"
          value={api}
          onChange={setApi}
          options={apis.map(({ id, name, version, basePath, state, open }) => ({
            value: String(id),
            label: `${name}/${version}`,
            description: state === 'PUBLISHED' ? `${basePath}${open ? ' · open already' : ''}` : 'not published',
            disabled: state !== 'PUBLISHED',
          }))}
        />
      </Field>
      <Field label="Tier" error={faults.tier} hint="All users of the application share this quota.">
        <Combobox noun="tier" value={tier} onChange={setTier} options={tiers} />
      </Field>
    </Dialog>
  );
};
