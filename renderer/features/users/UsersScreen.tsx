import { Users } from 'lucide-react';
import { useRead } from '../../store/reads.ts';
import { Banner } from '../../ui/Banner.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Users. */
export const UsersScreen = () => {
  const { value, error } = useRead('users.list', {});
  return (
    <>
      <PageHeader title="Users" />
      {error !== undefined && <Banner tone="danger" title={error.message} />}
      {value === undefined && error === undefined && <Skeleton label="Loading" />}
      {value?.items.length === 0 && <EmptyState icon={Users} title="No user yet" />}
      <ul>
        {value?.items.map((item) => (
          <li key={item.id}>{item.username}</li>
        ))}
      </ul>
    </>
  );
};
