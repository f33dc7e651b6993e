import { KeyRound, Play, Ticket } from 'lucide-react';
import { useState } from 'react';
import type { RunnableCall } from '../../../preload/contract/snippets.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useEndpointSwitch } from '../../store/hooks/topics/useEndpointSwitch.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { ownerOf, type Target } from './useTarget.ts';

/** Says that the endpoint is stopped, as the command would get no answer. */
export const EndpointStopped = () => {
  const running = useRead('endpoint.status', {}).value?.running;
  const { start } = useEndpointSwitch();
  const [starting, setStarting] = useState(false);
  if (running !== false) return null;
  const press = async () => {
    setStarting(true);
    await start();
    setStarting(false);
  };
  return (
    <Banner
      tone="warn"
      title="The endpoint is stopped."
      actions={
        <Button size="small" icon={Play} loading={starting} onClick={() => void press()}>
          Start
        </Button>
      }
    />
  );
};

/** The application has no keys of this key type. Generates them with the defaults. */
export const NoKeys = ({ target }: { readonly target: Target }) => {
  const generate = useCall('keys.generate');
  const { application, keyType } = target;
  const named = keyTypeNames[keyType];
  return (
    <Banner
      title={`${application.name} has no ${named} keys yet.`}
      actions={
        <Button
          size="small"
          icon={KeyRound}
          loading={generate.pending}
          onClick={() => void generate.run({ application: application.name, keyType })}
        >
          Generate keys
        </Button>
      }
    >
      {generate.error?.message ?? 'Every call needs the keys of an application.'}
    </Banner>
  );
};

/** The keys are revoked. */
export const KeysRevoked = () => (
  <Banner tone="warn" title="These keys are revoked.">
    The endpoint refuses them until you regenerate their secret.
  </Banner>
);

/** A user without a password can't get a token. */
export const NoPassword = ({ user }: { readonly user: User }) => {
  const go = useGo();
  return (
    <Banner
      title={`${user.username} has no password yet.`}
      actions={
        <Button size="small" onClick={() => go({ screen: 'users' })}>
          Go to users
        </Button>
      }
    >
      The password grant needs it. Set one, or choose placeholders.
    </Banner>
  );
};

interface NoTokenProps {
  readonly target: Target;
  readonly call: RunnableCall;
}

const purposes: Readonly<Record<RunnableCall, string>> = {
  token: 'use',
  refresh: 'refresh',
  revoke: 'revoke',
  introspect: 'introspect',
  api: 'call with',
};

/** The target has no active token for this call. Issues one. */
export const NoToken = ({ target, call }: NoTokenProps) => {
  const issue = useCall('tokens.issue');
  const mint = useCall('devices.mint');
  const { username, device, scope } = target;
  const issueOne = async () => {
    if (device === undefined) await issue.run({ ...ownerOf(target), scope });
    else await mint.run({ ...ownerOf(target), device: [device], scope });
  };
  const whose = device ?? username ?? target.application.name;
  const error = issue.error ?? mint.error;
  return (
    <Banner
      title={`${whose} has no active token to ${purposes[call]}.`}
      actions={
        <Button size="small" icon={Ticket} loading={issue.pending || mint.pending} onClick={() => void issueOne()}>
          Issue token
        </Button>
      }
    >
      {error?.message}
    </Banner>
  );
};
