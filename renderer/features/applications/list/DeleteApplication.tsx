import type { Application } from '../../../../preload/contract/applications.ts';
import { keyType } from '../../../../preload/contract/values.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { manyLosses } from '../../../ui/overlays/NameToType.tsx';
import { keysDraft, newKeysDraft } from '../draftKeys.ts';
import { useLosses } from '../useLosses.ts';

interface DeleteApplicationProps {
  readonly application: Application;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Confirms a deletion, names the tokens that stop working, and offers an undo while it is possible. */
export const DeleteApplication = ({ application, onClose, onDeleted }: DeleteApplicationProps) => {
  const { host, store } = useKeyfob();
  const { name } = application;
  const losses = useLosses(name);

  const restore = async (id: number) => {
    const { toasts } = store.getState();
    try {
      await host.call('applications.restore', { application: String(id) });
      toasts.show({ tone: 'good', title: `${name} restored with its keys and tokens.` });
    } catch (error) {
      toasts.show(failureToast(`${name} was not restored.`, asKeyfobError(error)));
    }
  };
  const remove = async () => {
    const { toasts, drafts } = store.getState();
    const { id } = await host.call('applications.delete', { application: name });
    for (const one of keyType.options) {
      drafts.keep(keysDraft(id, one), {});
      drafts.keep(newKeysDraft(id, one), {});
    }
    toasts.show({
      title: `${name} was deleted.`,
      ...(losses.lossCount > 0 && { detail: `${countOf(losses.lossCount, 'token')} revoked.` }),
      action: { label: 'Undo', alternative: 'Undo in this notification', run: () => void restore(id) },
    });
    onDeleted?.();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the application ${name}?`}
      description="Its keys and tokens stop working immediately. You can undo this for 8 seconds; after that it can't be restored."
      {...losses}
      nameToType={losses.lossCount > manyLosses ? name : undefined}
      confirmLabel="Delete"
      onConfirm={remove}
    />
  );
};
