import { useState } from 'react';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useLiveTokensOf } from '../../store/hooks/topics/useTokens.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Combobox } from '../../ui/choices/Combobox.tsx';
import { countOf } from '../../ui/facts/count.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { manyLosses, NameToType } from '../../ui/overlays/NameToType.tsx';
import { useLiveTokens } from './useLiveTokens.ts';
import styles from './users.module.css';

const LiveTokens = ({ application, active }: { readonly application: string; readonly active: number }) => {
  const count = useLiveTokensOf(application, active);
  return <span className={styles.muted}>{count !== undefined && countOf(count, 'active token')}</span>;
};

/** Deletes a user who owns applications, after giving these to another user. */
export const ReassignDialog = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const { username } = user;
  const { host } = useKeyfob();
  const toast = useToast();
  const [owner, setOwner] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const [typed, setTyped] = useState('');
  const { count } = useLiveTokens(username);
  const asksName = count > manyLosses;
  const ready = owner !== undefined && (!asksName || typed.trim() === username);
  const others = (useRead('users.list', {}).value?.items ?? []).filter(({ id }) => id !== user.id);
  const owned = (useRead('applications.list', {}).value?.items ?? []).filter((one) => one.owner === username);

  async function reassignAndDelete(to: string): Promise<void> {
    setPending(true);
    setProblem(undefined);
    try {
      for (const { id } of owned) await host.call('applications.update', { application: String(id), owner: to });
      await host.call('users.delete', { user: username });
      toast({ tone: 'good', title: `User ${username} deleted.`, detail: `${to} owns the applications now.` });
      onClose();
    } catch (error) {
      setProblem(asKeyfobError(error).message);
      setPending(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${username}?`}
      description={`${username} owns ${owned.length === 1 ? 'an application, which needs' : `${countOf(owned.length, 'application')}, which need`} another owner first.`}
      busy={pending}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            loading={pending}
            disabled={!ready}
            onClick={() => ready && void reassignAndDelete(owner)}
          >
            Reassign and delete
          </Button>
        </>
      }
    >
      {problem !== undefined && <Banner tone="danger" title={problem} />}
      <ul className={styles.owned} aria-label={`Applications of ${username}`}>
        {owned.map(({ id, name, activeTokens }) => (
          <li key={id}>
            <a href={hrefOf({ screen: 'applications', application: String(id) })}>{name}</a>
            <LiveTokens application={name} active={activeTokens} />
          </li>
        ))}
      </ul>
      {others.length === 0 ? (
        <Banner tone="info" title="There is no other user.">
          Create one, or delete the applications.
        </Banner>
      ) : (
        <Field label="New owner" hint="Keys don't change.">
          <Combobox
            noun="user"
            options={others.map(({ username: value }) => ({ value, label: value }))}
            value={owner}
            onChange={setOwner}
          />
        </Field>
      )}
      {count > 0 && (
        <p className={styles.muted}>
          {countOf(count, 'active token')} of {username} {count === 1 ? 'stops' : 'stop'} working immediately.
        </p>
      )}
      {asksName && <NameToType name={username} value={typed} onChange={setTyped} />}
    </Dialog>
  );
};
