import { Crosshair, Download, Ellipsis, Pencil, Smartphone, Ticket } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Application } from '../../../preload/contract/applications.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useAskedDialog } from '../../store/hooks/window/useAskedDialog.ts';
import { useEditAction, useKeyTypeAction } from '../../store/hooks/window/useCommands.ts';
import { useWindowContext } from '../../store/hooks/window/useWindowContext.ts';
import { useGo, useRoute } from '../../store/hooks/window/window.ts';
import { applicationVerbs } from '../../store/verbs/applicationVerbs.ts';
import { menuOf } from '../../store/verbs/verb.ts';
import type { ApplicationDialog as ApplicationDialogName } from '../../store/window/askedDialog.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { KeyTypeSwitch } from '../../ui/choices/KeyTypeSwitch.tsx';
import { Badge } from '../../ui/facts/Badge.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';
import styles from './ApplicationDetail.module.css';
import { SubscribedApis } from './apis/SubscribedApis.tsx';
import { ExportDialog } from './export/ExportDialog.tsx';
import { ConsumerKeys } from './keys/ConsumerKeys.tsx';
import { GenerateKeys } from './keys/GenerateKeys.tsx';
import { KeySettings } from './keys/KeySettings.tsx';
import { ApplicationDialog } from './list/ApplicationDialog.tsx';
import { DeleteApplication } from './list/DeleteApplication.tsx';
import { ServerSection } from './server/ServerSection.tsx';
import { ApplicationToken } from './token/ApplicationToken.tsx';
import { keyTypeLooks } from './words.ts';

interface KeySetDetailProps {
  readonly keySet: KeySet;
  /** Changes whenever the keys are read again, as the secret may differ. */
  readonly news: unknown;
}

/** The keys of one key type: consumer key and secret, application token, and token settings. */
const KeySetDetail = ({ keySet, news }: KeySetDetailProps) => (
  <>
    <ConsumerKeys keySet={keySet} news={news} />
    {keySet.server !== null && <ServerSection keySet={keySet} server={keySet.server} />}
    {keySet.servedHere && (
      <>
        <ApplicationToken keySet={keySet} />
        <KeySettings keySet={keySet} />
      </>
    )}
  </>
);

/** The verbs that have a button or a link on the page. */
const withButtons = [
  'use application',
  'mint for application',
  'tokens of application',
  'edit application',
  'export application',
];

/** The page of one application: its keys of one key type, or the form that generates them. */
export const ApplicationDetail = ({ application }: { readonly application: Application }) => {
  const { id, name, owner, tier, description } = application;
  const keyfob = useKeyfob();
  const go = useGo();
  const route = useRoute();
  const { chosen, use, look } = useKeyfobState((state) => state.windowContext);
  const context = useWindowContext();
  const keyType = (route.screen === 'applications' ? route.keyType : undefined) ?? chosen.keyType;
  const isChosen = context?.application?.id === id;
  const isLook = context !== undefined && !(isChosen && context.keyType === keyType);
  const [open, setOpen] = useState<ApplicationDialogName>();
  const keySets = useRead('keys.list', { application: name });
  const keySet = keySets.value?.items.find((one) => one.keyType === keyType);
  useEffect(() => {
    if (isLook) look({ application: name, keyType, scope: '' });
    return () => look(undefined);
  }, [look, isLook, name, keyType]);

  const self = useMemo(() => [application], [application]);
  useAskedDialog('application', self, setOpen);
  const edit = () => setOpen('edit');
  const take = () => use({ applicationId: id, keyType });
  const show = (next: KeyType) => {
    if (isChosen) use({ keyType: next });
    go({ screen: 'applications', application: String(id), keyType: next });
  };
  useEditAction(`Edit ${name}`, edit);
  useKeyTypeAction(keyType, show);

  const close = () => setOpen(undefined);
  return (
    <div className={styles.root}>
      <PageHeader
        back={{ href: hrefOf({ screen: 'applications' }), label: 'Applications' }}
        title={name}
        nextToTitle={<Badge>{tier}</Badge>}
        description={`Owned by ${owner}${description === '' ? '' : ` · ${description}`}`}
        actions={
          <>
            <Button icon={Pencil} onClick={edit}>
              Edit
            </Button>
            <Button icon={Download} onClick={() => setOpen('export')}>
              Export…
            </Button>
            <Menu
              trigger={<IconButton icon={Ellipsis} name={`Actions for ${name}`} look="secondary" />}
              groups={menuOf(applicationVerbs, application, { keyfob, ask: setOpen }, withButtons)}
            />
          </>
        }
      />
      <div className={styles.bar} data-tone={keyTypeLooks[keyType].tone}>
        <KeyTypeSwitch value={keyType} onChange={show} />
        <nav className={styles.links} aria-label="Tokens of this application">
          {isLook && (
            <Button size="small" icon={Crosshair} onClick={take}>
              Use this
            </Button>
          )}
          <a href={hrefOf({ screen: 'devices' })} onClick={take}>
            <Smartphone aria-hidden size={14} /> Mint device tokens
          </a>
          <a href={hrefOf({ screen: 'tokens', filter: { application: name } })}>
            <Ticket aria-hidden size={14} /> All its tokens
          </a>
        </nav>
      </div>
      {keySets.error !== undefined && <ErrorNote title={keySets.error.message} details={keySets.error.code} />}
      {keySets.value === undefined ? (
        keySets.error === undefined && <Skeleton label="Loading the keys" />
      ) : keySet === undefined ? (
        <GenerateKeys key={keyType} application={application} keyType={keyType} />
      ) : (
        <KeySetDetail key={keySet.id} keySet={keySet} news={keySets.value} />
      )}
      <SubscribedApis application={application} />
      {open === 'edit' && <ApplicationDialog application={application} onClose={close} />}
      {open === 'export' && <ExportDialog application={application} keyType={keyType} onClose={close} />}
      {open === 'delete' && (
        <DeleteApplication application={application} onClose={close} onDeleted={() => go({ screen: 'applications' })} />
      )}
    </div>
  );
};
