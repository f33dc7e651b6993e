import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { EndpointControl } from './useEndpointControl.ts';

/** Why the endpoint did not start; a free port is one press away. */
export const FaultNote = ({ control }: { readonly control: EndpointControl }) => {
  const { fault, pending, use } = control;
  if (fault === undefined) return null;
  const { title, error, offer, runsOn } = fault;
  const free = error.details.port?.free;
  return (
    <ErrorNote
      title={title}
      actions={
        offer !== undefined && (
          <Button size="small" loading={pending} onClick={() => void use(offer)}>
            Use port {free}
          </Button>
        )
      }
    >
      {error.message}
      {runsOn !== undefined && ` It runs on port ${runsOn} as before.`}
    </ErrorNote>
  );
};
