import type { ReactNode } from 'react';
import { useRead } from '../../store/reads.ts';
import { Stage } from '../../ui/Stage.tsx';

/** The stage of a locked vault, which says whether the endpoint goes on. */
export const LockedStage = ({ children }: { readonly children: ReactNode }) => {
  const status = useRead('endpoint.status', {}).value;
  const endpoint = status?.running
    ? `The endpoint goes on answering on port ${status.port}.`
    : 'The endpoint is stopped meanwhile.';
  return (
    <Stage title="Keyfob is locked" description="Its secrets are sealed." below={status && endpoint}>
      {children}
    </Stage>
  );
};
