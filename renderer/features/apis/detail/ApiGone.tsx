import { Waypoints } from 'lucide-react';
import { useGo } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';

/** Shown for a deleted API or a wrong address. Another window may have deleted it. */
export const ApiGone = () => {
  const go = useGo();
  return (
    <>
      <PageHeader title="APIs" />
      <EmptyState
        icon={Waypoints}
        title="This API doesn't exist"
        action={
          <Button look="primary" onClick={() => go({ screen: 'apis' })}>
            Show all APIs
          </Button>
        }
      >
        It was deleted, or the address is wrong.
      </EmptyState>
    </>
  );
};
