import { AppWindow, KeyRound, UserRound } from 'lucide-react';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useGo } from '../../store/route.ts';
import { useCall } from '../../store/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { OwnerChoice } from './useOwner.ts';

const keyTypeNames: Readonly<Record<KeyType, string>> = { PRODUCTION: 'Production', SANDBOX: 'Sandbox' };

/** There is no application to mint with. */
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
        Device tokens belong to an application and its keys. Create one first; it takes a name.
      </EmptyState>
    </Card>
  );
};

/** The application has no keys of this key type. */
export const NoKeys = ({ choice }: { readonly choice: OwnerChoice }) => {
  const generate = useCall('keys.generate');
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
            <Button onClick={() => choice.pickKeyType(other)}>Use {keyTypeNames[other]}</Button>
          )
        }
      >
        A token is issued to a consumer key. Generating makes one, with its secret.
      </EmptyState>
      {generate.error !== undefined && <ErrorNote title="No keys were generated.">{generate.error.message}</ErrorNote>}
    </Card>
  );
};

/** A password that nobody has to remember: it is shown on the users' screen. */
const randomPassword = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(15))))
    .replaceAll('+', '-')
    .replaceAll('/', '_');

/** Nobody can log in yet, so there is nobody to mint a user token for. */
export const NoUser = ({ choice }: { readonly choice: OwnerChoice }) => {
  const create = useCall('users.create');
  const taken = new Set(choice.users.map(({ username }) => username.toLowerCase()));
  const username = ['tester', 'tester2', 'tester3'].find((name) => !taken.has(name)) ?? `tester${taken.size + 1}`;
  const make = async () => {
    const user = await create.run({ username, password: randomPassword() });
    if (user !== undefined) choice.pickUser(user.username);
  };
  return (
    <Card>
      <EmptyState
        icon={UserRound}
        title="No user yet"
        action={
          <Button look="primary" loading={create.pending} onClick={() => void make()}>
            Create the user {username}
          </Button>
        }
        secondary={<Button onClick={() => choice.pickUser(null)}>Use application tokens</Button>}
      >
        A device token belongs to a user who can log in. The new user gets a password, which the users' screen shows.
      </EmptyState>
      {create.error !== undefined && <ErrorNote title="The user was not created.">{create.error.message}</ErrorNote>}
    </Card>
  );
};

/** Why these keys would refuse to mint, if they would. */
export const blockOf = (keySet: KeySet, forUser: boolean): 'revoked' | 'grant' | undefined => {
  if (keySet.state !== 'ACTIVE') return 'revoked';
  return keySet.grantTypes.includes(forUser ? 'password' : 'client_credentials') ? undefined : 'grant';
};

interface BlockedProps {
  readonly keySet: KeySet;
  readonly forUser: boolean;
}

/** What keeps these keys from minting, with the way out of it; nothing when nothing does. */
export const Blocked = ({ keySet, forUser }: BlockedProps) => {
  const go = useGo();
  const update = useCall('keys.update');
  const { application, keyType } = keySet;
  const block = blockOf(keySet, forUser);
  if (block === undefined) return null;
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
        They mint nothing until their secret is regenerated.
      </Banner>
    );
  }
  const grant = forUser ? 'password' : 'client_credentials';
  return (
    <Banner
      tone="warn"
      title={`The ${keyTypeNames[keyType]} keys of ${application} do not have the grant type ${grant}.`}
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
      {update.error?.message ?? `${forUser ? 'User' : 'Application'} tokens are minted by it.`}
    </Banner>
  );
};
