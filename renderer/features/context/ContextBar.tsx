import { useState } from 'react';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useKeyTypeAction } from '../../store/hooks/window/useCommands.ts';
import { useWindowContext, type WindowContext } from '../../store/hooks/window/useWindowContext.ts';
import { useGo, useRoute } from '../../store/hooks/window/window.ts';
import { Combobox } from '../../ui/choices/Combobox.tsx';
import { KeyTypeSwitch } from '../../ui/choices/KeyTypeSwitch.tsx';
import styles from './ContextBar.module.css';
import { DevicePicker } from './DevicePicker.tsx';
import { NewDialog } from './NewDialog.tsx';
import { useDefaults } from './useDefaults.ts';

/** The option for "no user". User names have no spaces, so it can't clash. */
const nobody = 'no user';

const userOptions = ({ users }: WindowContext) => [
  { value: nobody, label: 'No user', description: 'application tokens' },
  ...users.map(({ username, enabled, hasPassword }) => ({
    value: username,
    label: username,
    description: !enabled ? 'disabled' : hasPassword ? undefined : 'has no password',
  })),
];

/** The chosen user's name. Empty when that user was deleted, so that a person chooses again. */
const userValue = ({ user, goneUser }: WindowContext) =>
  goneUser === undefined ? (user?.username ?? nobody) : undefined;

const ownerOf = ({ application, keyType, user }: WindowContext) =>
  application?.keyTypes.includes(keyType) === true
    ? { application: application.name, keyType, ...(user && { username: user.username }) }
    : undefined;

/** Shows and changes the context: the application, key type, user and device that form, list and snippets share. */
export const ContextBar = () => {
  const context = useWindowContext();
  const { use, picking, pick } = useKeyfobState((state) => state.windowContext);
  const route = useRoute();
  const go = useGo();
  const [creating, setCreating] = useState<{ readonly kind: 'application' | 'user'; readonly name: string }>();
  useDefaults(context);

  const page = route.screen === 'applications' ? route.application : undefined;
  const pickKeyType = (keyType: KeyType) => {
    use({ keyType });
    // Keep the application's own page in step.
    const { id, name } = context?.application ?? {};
    if (page !== undefined && (page === String(id) || page === name)) {
      go({ screen: 'applications', application: page, keyType });
    }
  };
  // On an application's page the key switches that page.
  useKeyTypeAction(context?.keyType ?? 'PRODUCTION', page === undefined && context ? pickKeyType : undefined);

  if (context?.applications.length === 0) return null;
  const { application, goneApplication, goneUser } = context ?? {};
  const picker = (which: 'application' | 'user') => ({
    className: styles.picker ?? '',
    noun: which,
    open: picking === which,
    onOpenChange: (open: boolean) => pick(open ? which : undefined),
    onNew: (name: string) => setCreating({ kind: which, name }),
  });
  return (
    <section className={styles.root} aria-label="Context">
      {context !== undefined && (
        <>
          <Combobox
            {...picker('application')}
            aria-label="Application"
            value={application?.name}
            options={context.applications.map(({ name }) => ({ value: name, label: name }))}
            onChange={(chosen) => use({ applicationId: context.applications.find(({ name }) => name === chosen)?.id })}
          />
          <KeyTypeSwitch size="small" value={context.keyType} onChange={pickKeyType} />
          <Combobox
            {...picker('user')}
            aria-label="User"
            value={userValue(context)}
            options={userOptions(context)}
            onChange={(chosen) =>
              use({ userId: context.users.find(({ username }) => username === chosen)?.id ?? null })
            }
          />
          <DevicePicker owner={ownerOf(context)} device={context.device} />
        </>
      )}
      <p role="status" className={styles.gone}>
        {[goneApplication, goneUser].filter(Boolean).map((name) => `${name} was deleted. Choose another. `)}
      </p>
      {creating !== undefined && <NewDialog {...creating} onClose={() => setCreating(undefined)} />}
    </section>
  );
};
