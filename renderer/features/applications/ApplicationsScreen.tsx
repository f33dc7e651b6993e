import { AppWindow } from 'lucide-react';
import { useRead } from '../../store/reads.ts';
import { Banner } from '../../ui/Banner.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Applications. */
export const ApplicationsScreen = () => {
  const { value, error } = useRead('applications.list', {});
  return (
    <>
      <PageHeader title="Applications" />
      {error !== undefined && <Banner tone="danger" title={error.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading" />}
      {value?.items.length === 0 && <EmptyState icon={AppWindow} title="No application yet" />}
      <ul>
        {value?.items.map((item) => (
          <li key={item.id}>{item.name}</li>
        ))}
      </ul>
    </>
  );
};
