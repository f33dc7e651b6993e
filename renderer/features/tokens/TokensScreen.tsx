import { Ticket } from 'lucide-react';
import { useRead } from '../../store/reads.ts';
import { Banner } from '../../ui/Banner.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Tokens. */
export const TokensScreen = () => {
  const { value, error } = useRead('tokens.list', {});
  return (
    <>
      <PageHeader title="Tokens" />
      {error !== undefined && <Banner tone="danger" title={error.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading" />}
      {value?.items.length === 0 && <EmptyState icon={Ticket} title="No token yet" />}
      <ul>
        {value?.items.map((item) => (
          <li key={item.id}>{item.scope}</li>
        ))}
      </ul>
    </>
  );
};
