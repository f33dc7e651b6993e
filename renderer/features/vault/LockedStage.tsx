import type { ReactNode } from 'react';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { Stage } from '../../ui/stage/Stage.tsx';

/** The stage of a locked vault. Says whether the endpoint still answers. */
export const LockedStage = ({ children }: { readonly children: ReactNode }) => {
  const status = useRead('endpoint.status', {}).value;
  const endpoint = status?.running
    ? `The endpoint still answers on port ${status.port}.`
    : 'The endpoint is stopped while locked.';
  return (
    <Stage
      title="Keyfob is locked"
      description="Unlock it to see and use your keys and tokens."
      below={status && endpoint}
    >
      {children}
    </Stage>
  );
};
