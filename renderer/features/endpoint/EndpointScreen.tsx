import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { Tabs } from '../../ui/layout/Tabs.tsx';
import { Addresses } from './Addresses.tsx';
import { Certificate } from './certificate/Certificate.tsx';
import styles from './endpoint.module.css';
import { LastRequest } from './LastRequest.tsx';
import { StatusCard } from './StatusCard.tsx';
import { SigningKeys } from './signingKeys/SigningKeys.tsx';
import { type EndpointControl, useEndpointControl } from './useEndpointControl.ts';

/** Explains why the endpoint did not start, and offers a free port. */
const FaultNote = ({ control }: { readonly control: EndpointControl }) => {
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

const parts = ['addresses', 'certificate', 'signing-keys'] as const;
type Part = (typeof parts)[number];

/** The endpoint: status, last request, URLs and ports, certificate, signing keys. */
export const EndpointScreen = () => {
  const { value: status, error } = useRead('endpoint.status', {});
  const control = useEndpointControl();
  const route = useRoute();
  const replace = useKeyfobState((state) => state.route.replace);
  const part = parts.find((one) => route.screen === 'endpoint' && one === route.part) ?? 'addresses';
  return (
    <div className={styles.page}>
      <PageHeader title="Endpoint" />
      {error !== undefined && <ErrorNote title={error.message} />}
      {status === undefined && error === undefined && <Skeleton label="Loading the endpoint" />}
      {status !== undefined && (
        <>
          <StatusCard status={status} control={control} />
          <FaultNote control={control} />
          <LastRequest />
          <Tabs<Part>
            aria-label="Endpoint"
            className={styles.parts ?? ''}
            value={part}
            onChange={(next) => replace({ screen: 'endpoint', part: next })}
            tabs={[
              {
                value: 'addresses',
                label: 'URLs and ports',
                content: <Addresses status={status} control={control} />,
              },
              { value: 'certificate', label: 'Certificate and trust', content: <Certificate status={status} /> },
              { value: 'signing-keys', label: 'Signing keys', content: <SigningKeys /> },
            ]}
          />
        </>
      )}
    </div>
  );
};
