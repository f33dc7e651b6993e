import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { ApplicationDetail } from './ApplicationDetail.tsx';
import { ApplicationGone } from './ApplicationGone.tsx';
import { ApplicationList } from './list/ApplicationList.tsx';

/** The list of applications, or one of them by the number or name in the address. */
export const ApplicationsScreen = () => {
  const route = useRoute();
  const { value, error } = useRead('applications.list', {});
  const wanted = route.screen === 'applications' ? route.application : undefined;
  if (error !== undefined) return <ErrorNote title={error.message} details={error.code} />;
  if (value === undefined) return <Skeleton label="Loading the applications" />;
  if (wanted === undefined) return <ApplicationList applications={value.items} />;
  const application =
    value.items.find(({ id }) => String(id) === wanted) ?? value.items.find(({ name }) => name === wanted);
  return application === undefined ? (
    <ApplicationGone />
  ) : (
    <ApplicationDetail key={application.id} application={application} />
  );
};
