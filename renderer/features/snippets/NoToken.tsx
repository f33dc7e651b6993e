import { Ticket } from 'lucide-react';
import type { SnippetCall } from '../../../preload/contract/snippets.ts';
import { useCall } from '../../store/hooks/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ownerOf, type Target } from './useTarget.ts';

interface NoTokenProps {
  readonly target: Target;
  readonly call: SnippetCall;
}

const purposes: Readonly<Record<SnippetCall, string>> = {
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
