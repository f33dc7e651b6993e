import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { EndpointControl } from './useEndpointControl.ts';

/** Explains why the endpoint did not start, and offers a free port. */
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
