import { ShieldCheck } from 'lucide-react';
import { useRead } from '../../store/reads.ts';
import { Banner } from '../../ui/Banner.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Scopes. */
export const ScopesScreen = () => {
  const { value, error } = useRead('scopes.list', {});
  return (
    <>
      <PageHeader title="Scopes" />
      {error !== undefined && <Banner tone="danger" title={error.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading" />}
      {value?.items.length === 0 && <EmptyState icon={ShieldCheck} title="No scope yet" />}
      <ul>
        {value?.items.map((item) => (
          <li key={item.id}>{item.name}</li>
        ))}
      </ul>
    </>
  );
};
