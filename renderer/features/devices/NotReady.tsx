import { AppWindow, KeyRound, UserRound } from 'lucide-react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { User } from '../../../preload/contract/users.ts';

import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import { newPassword } from '../../store/topics/newPassword.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Card } from '../../ui/layout/Card.tsx';
import type { OwnerChoice } from './useOwner.ts';

/** Shown when no application exists. */
export const NoApplication = () => {
  const go = useGo();
  return (
    <Card>
      <EmptyState
        icon={AppWindow}
        title="No application yet"
        action={
          <Button look="primary" onClick={() => go({ screen: 'applications' })}>
            Create an application
          </Button>
        }
      >
        Device tokens belong to an application and its keys. Create one first; a name is enough.
      </EmptyState>
    </Card>
  );
};

/** Shown when the context's application was deleted. Nothing is minted for another one until a person chooses it. */
export const GoneApplication = ({ name }: { readonly name: string }) => {
  const pick = useKeyfobState((state) => state.windowContext.pick);
  return (
    <Card>
      <EmptyState
        icon={AppWindow}
        title={`${name} was deleted`}
        action={
          <Button look="primary" onClick={() => pick('application')}>
            Choose an application
          </Button>
        }
      >
        Your typed names are kept in case you undo this.
      </EmptyState>
    </Card>
  );
};

/** Shown when the application has no keys of this key type. */
export const NoKeys = ({ choice }: { readonly choice: OwnerChoice }) => {
  const generate = useCall('keys.generate');
  const use = useKeyfobState((state) => state.windowContext.use);
  const { application, keyType } = choice;
  if (application === undefined) return null;
  const other = keyType === 'PRODUCTION' ? 'SANDBOX' : 'PRODUCTION';
  const { name } = application;
  return (
    <Card>
      <EmptyState
        icon={KeyRound}
        title={`${name} has no ${keyTypeNames[keyType]} keys yet`}
        action={
          <Button
            look="primary"
            loading={generate.pending}
            onClick={() => void generate.run({ application: name, keyType })}
          >
            Generate {keyTypeNames[keyType]} keys
          </Button>
        }
        secondary={
          application.keyTypes.includes(other) && (
            <Button onClick={() => use({ keyType: other })}>Use {keyTypeNames[other]}</Button>
          )
        }
      >
        Tokens are issued to a consumer key. Generating creates one, with its secret.
      </EmptyState>
      {generate.error !== undefined && <ErrorNote title="No keys were generated.">{generate.error.message}</ErrorNote>}
    </Card>
  );
};

/** Shown when no user can get a token: none exists, none is chosen, or the chosen one was deleted. */
export const NoUser = ({ choice }: { readonly choice: OwnerChoice }) => {
  const create = useCall('users.create');
  const use = useKeyfobState((state) => state.windowContext.use);
  const { goneUser } = choice;
  const taken = new Set(choice.users.map(({ username }) => username.toLowerCase()));
  const username = ['tester', 'tester2', 'tester3'].find((name) => !taken.has(name)) ?? `tester${taken.size + 1}`;
  const make = async () => {
    const user = await create.run({ username, password: newPassword() });
    if (user !== undefined) use({ userId: user.id });
  };
  return (
    <Card>
      <EmptyState
        icon={UserRound}
        title={goneUser === undefined ? 'No user yet' : `${goneUser} was deleted`}
        action={
          <Button look="primary" loading={create.pending} onClick={() => void make()}>
            Create user {username}
          </Button>
        }
        secondary={<Button onClick={() => use({ userId: null })}>Use application tokens</Button>}
      >
        A device token belongs to a user who can log in. Choose one above, or create one; you can view the password
        under Users.
      </EmptyState>
      {create.error !== undefined && <ErrorNote title="The user was not created.">{create.error.message}</ErrorNote>}
    </Card>
  );
};

/**
 * Gives the reason that prevents minting with these keys for this user. An `undefined` user means application tokens.
 */
export const blockOf = (keySet: KeySet, user: User | undefined): 'revoked' | 'grant' | 'disabled' | undefined => {
  if (keySet.state !== 'ACTIVE') return 'revoked';
  if (user?.enabled === false) return 'disabled';
  return keySet.grantTypes.includes(user === undefined ? 'client_credentials' : 'password') ? undefined : 'grant';
};

interface BlockedProps {
  readonly keySet: KeySet;
  readonly user: User | undefined;
}

/** Shows the reason that prevents minting, with a way to fix it. */
export const Blocked = ({ keySet, user }: BlockedProps) => {
  const go = useGo();
  const update = useCall('keys.update');
  const enable = useCall('users.enable');
  const { application, keyType } = keySet;
  const block = blockOf(keySet, user);
  if (block === undefined) return null;
  if (block === 'disabled' && user !== undefined) {
    return (
      <Banner
        tone="warn"
        title={`${user.username} is disabled.`}
        actions={
          <Button size="small" loading={enable.pending} onClick={() => void enable.run({ user: user.username })}>
            Enable {user.username}
          </Button>
        }
      >
        {enable.error?.message ?? 'No token is minted for a disabled user.'}
      </Banner>
    );
  }
  if (block === 'revoked') {
    return (
      <Banner
        tone="warn"
        title={`The ${keyTypeNames[keyType]} keys of ${application} are revoked.`}
        actions={
          <Button
            size="small"
            onClick={() => go({ screen: 'applications', application: String(keySet.applicationId), keyType })}
          >
            Show the keys
          </Button>
        }
      >
        They can't mint until you regenerate their secret.
      </Banner>
    );
  }
  const grant = user === undefined ? 'client_credentials' : 'password';
  return (
    <Banner
      tone="warn"
      title={`The ${keyTypeNames[keyType]} keys of ${application} don't allow the grant type ${grant}.`}
      actions={
        <Button
          size="small"
          loading={update.pending}
          onClick={() => void update.run({ application, keyType, grantTypes: [...keySet.grantTypes, grant] })}
        >
          Allow it
        </Button>
      }
    >
      {update.error?.message ?? `${user === undefined ? 'Application' : 'User'} tokens need it.`}
    </Banner>
  );
};
