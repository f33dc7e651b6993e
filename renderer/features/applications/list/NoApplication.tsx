import { AppWindow, Plus, Upload } from 'lucide-react';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';

const sample = { name: 'Sample', description: "For trying things out. Delete it when you're done." };

interface NoApplicationProps {
  readonly onCreate: () => void;
  readonly onImport: () => void;
}

/** Shown before the first application: create one, import one, or add a sample with keys. */
export const NoApplication = ({ onCreate, onImport }: NoApplicationProps) => {
  const { host, store } = useKeyfob();
  const addSample = async () => {
    const { toasts, windowContext, route } = store.getState();
    const { keyType } = windowContext.chosen;
    try {
      const { id, name } = await host.call('applications.create', sample);
      windowContext.use({ applicationId: id });
      await host.call('keys.generate', { application: name, keyType });
      route.go({ screen: 'applications', application: String(id), keyType });
    } catch (error) {
      toasts.show(failureToast('The sample was not created.', asKeyfobError(error)));
    }
  };
  return (
    <EmptyState
      icon={AppWindow}
      title="No application yet"
      action={
        <Button look="primary" icon={Plus} onClick={onCreate}>
          New application
        </Button>
      }
      secondary={
        <>
          <Button icon={Upload} onClick={onImport}>
            Import…
          </Button>
          <Button onClick={() => void addSample()}>Add a sample</Button>
        </>
      }
    >
      An application holds the keys that tokens are issued for. Create one, generate its keys, and copy a working call.
    </EmptyState>
  );
};
