import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { ApisHome } from './ApisHome.tsx';
import { ApiDetail } from './detail/ApiDetail.tsx';
import { ApiGone } from './detail/ApiGone.tsx';

/** The APIs and the tiers, or one API by the number in the address. */
export const ApisScreen = () => {
  const route = useRoute();
  const { value, error } = useRead('apis.list', {});
  const wanted = route.screen === 'apis' ? route.api : undefined;
  if (error !== undefined) return <ErrorNote title={error.message} details={error.code} />;
  if (value === undefined) return <Skeleton label="Loading the APIs" />;
  if (wanted === undefined) return <ApisHome apis={value.items} />;
  const api = value.items.find(({ id }) => String(id) === wanted);
  return api === undefined ? <ApiGone /> : <ApiDetail key={api.id} api={api} />;
};
