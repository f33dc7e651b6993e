import { Plus, Upload } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useEditAction, useFilterFocus, useNewAction } from '../../../store/hooks/window/useCommands.ts';
import { useSearchedTable } from '../../../store/hooks/window/useSearchedTable.ts';
import { useWindowContext } from '../../../store/hooks/window/useWindowContext.ts';
import { useGo, useToast } from '../../../store/hooks/window/window.ts';
import type { ApplicationDialog as ApplicationDialogName } from '../../../store/window/askedDialog.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { SearchedTable } from '../../../ui/tables/SearchedTable.tsx';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { ImportDialog } from '../import/ImportDialog.tsx';
import { ApplicationDialog } from './ApplicationDialog.tsx';
import styles from './ApplicationList.module.css';
import { applicationColumns } from './applicationColumns.tsx';
import { DeleteApplication } from './DeleteApplication.tsx';
import { NoApplication } from './NoApplication.tsx';

type Open =
  | { readonly dialog: 'create' | 'import' }
  | { readonly dialog: ApplicationDialogName; readonly application: Application };

const labelOf = ({ name }: Application) => name;

const matching = (search: string) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ name, owner, description }: Application): boolean => {
    const text = `${name} ${owner} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
};

/** All applications, with a search. */
export const ApplicationList = ({ applications }: { readonly applications: readonly Application[] }) => {
  const keyfob = useKeyfob();
  const go = useGo();
  const toast = useToast();
  const { chosen, use } = useKeyfobState((state) => state.windowContext);
  const context = useWindowContext();
  const { table, active } = useSearchedTable('applications', applications, matching);
  const [open, setOpen] = useState<Open>();
  const create = useCallback(() => setOpen({ dialog: 'create' }), []);
  const startImport = useCallback(() => setOpen({ dialog: 'import' }), []);
  const close = () => setOpen(undefined);
  useNewAction('New application', create);
  useFilterFocus(
    'Find an application',
    applications.length === 0 ? undefined : () => table.searchRef.current?.select(),
  );

  const columns = useMemo(
    () =>
      applicationColumns({
        keyfob,
        ask: (dialog, application) => setOpen({ dialog, application }),
      }),
    [keyfob],
  );
  useEditAction(`Edit ${active?.name}`, active && (() => setOpen({ dialog: 'edit', application: active })));
  const show = ({ id }: Application) =>
    go({ screen: 'applications', application: String(id), keyType: chosen.keyType });
  const begin = (created: Application) => {
    // Put the new application into the context if the context has none, or a deleted one.
    if (context?.application === undefined) use({ applicationId: created.id });
    show(created);
  };

  const showImported = async ([application]: readonly string[]) => {
    if (application === undefined) return;
    try {
      begin(await keyfob.host.call('applications.read', { application }));
    } catch (error) {
      toast(failureToast(`${application} can't be shown.`, asKeyfobError(error)));
    }
  };

  return (
    <div className={styles.root}>
      <PageHeader
        title="Applications"
        description="Each has its own Production and Sandbox keys."
        actions={
          applications.length > 0 && (
            <>
              <Button icon={Upload} onClick={startImport}>
                Import…
              </Button>
              <Button look="primary" icon={Plus} onClick={create}>
                New application
              </Button>
            </>
          )
        }
      />
      {applications.length === 0 ? (
        <NoApplication onCreate={create} onImport={startImport} />
      ) : (
        <SearchedTable
          {...table}
          label="Applications"
          columns={columns}
          rowLabel={labelOf}
          rowHeight={56}
          minHeight={92}
          onOpen={show}
          searchLabel="Find an application"
          placeholder="Find by name, owner or description"
          showAll="Show all"
        />
      )}
      {open?.dialog === 'create' && <ApplicationDialog onClose={close} onSaved={begin} />}
      {open?.dialog === 'import' && <ImportDialog onClose={close} onImported={(names) => void showImported(names)} />}
      {open?.dialog === 'edit' && <ApplicationDialog application={open.application} onClose={close} />}
      {open?.dialog === 'export' && (
        <ExportDialog application={open.application} keyType={chosen.keyType} onClose={close} />
      )}
      {open?.dialog === 'delete' && <DeleteApplication application={open.application} onClose={close} />}
    </div>
  );
};
