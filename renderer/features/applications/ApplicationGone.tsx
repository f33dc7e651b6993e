import { AppWindow } from 'lucide-react';
import { useGo } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';

/** Shown for a deleted application or a wrong address. Another window may have deleted it. */
export const ApplicationGone = () => {
  const go = useGo();
  return (
    <>
      <PageHeader title="Applications" />
      <EmptyState
        icon={AppWindow}
        title="This application doesn't exist"
        action={
          <Button look="primary" onClick={() => go({ screen: 'applications' })}>
            Show all applications
          </Button>
        }
      >
        It was deleted, or the address is wrong.
      </EmptyState>
    </>
  );
};
