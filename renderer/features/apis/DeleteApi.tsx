import type { Api } from '../../../preload/contract/apis.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { countOf } from '../../ui/facts/count.ts';
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx';
import { apiDraft } from './apiDraft.ts';
import { nameOf } from './words.ts';

interface DeleteApiProps {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Confirms a deletion, and names the subscriptions that are deleted with the API. */
export const DeleteApi = ({ api, onClose, onDeleted }: DeleteApiProps) => {
  const { host, store } = useKeyfob();
  const toast = useToast();
  const name = nameOf(api);
  const subscriptions = useRead('subscriptions.list', { api: String(api.id) }).value?.items ?? [];
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the API ${name}?`}
      description={`Requests to ${api.basePath} get 404 immediately. This can't be undone.`}
      losses={subscriptions.map(({ application, tier }) => `${application}, tier ${tier}`)}
      lossesTitle={`${countOf(subscriptions.length, 'subscription')} deleted too`}
      confirmLabel="Delete"
      onConfirm={async () => {
        await host.call('apis.delete', { api: String(api.id) });
        store.getState().drafts.keep(apiDraft(api.id), {});
        toast({ tone: 'good', title: `API ${name} deleted.` });
        onDeleted?.();
      }}
    />
  );
};
