import { useRead } from '../../store/reads.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';

/** The endpoint. */
export const EndpointScreen = () => {
  const { value } = useRead('endpoint.status', {});
  return <PageHeader title="Endpoint" description={value?.running === true ? value.tokenUrl : 'It does not run.'} />;
};
