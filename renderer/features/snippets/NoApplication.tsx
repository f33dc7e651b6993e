import { AppWindow } from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/reads.ts';
import { useGo } from '../../store/route.ts';
import { Button } from '../../ui/Button.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Nobody picked an application yet, or there is none. */
export const NoApplication = () => {
  const go = useGo();
  const select = useKeyfobState((state) => state.selection.select);
  const applications = useRead('applications.list', {}).value?.items ?? [];
  if (applications.length === 0) {
    return (
      <EmptyState
        icon={AppWindow}
        title="No application yet"
        action={<Button onClick={() => go({ screen: 'applications' })}>Go to applications</Button>}
      >
        As soon as there is one with keys, its calls are here, ready to paste into a terminal.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={AppWindow}
      title="Pick an application"
      action={
        <Combobox
          aria-label="Application"
          noun="application"
          value={undefined}
          options={applications.map(({ name }) => ({ value: name, label: name }))}
          onChange={(application) => select({ application })}
        />
      }
    >
      Its calls are written here, ready to paste into a terminal.
    </EmptyState>
  );
};
