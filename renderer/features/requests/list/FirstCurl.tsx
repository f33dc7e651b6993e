import type { EndpointStatus } from '../../../../preload/contract/endpoint.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useSnippet } from '../../../store/hooks/topics/useSnippet.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import styles from '../requests.module.css';

/** A ready-to-run call for an existing key set. Shown masked; copying includes the real secret. */
const Answered = ({
  application,
  keyType,
}: {
  readonly application: string;
  readonly keyType: 'PRODUCTION' | 'SANDBOX';
}) => {
  const shell = useKeyfobState((state) => state.snippets.shell);
  const { snippet, fetchText } = useSnippet({ application, keyType, shell, secrets: 'real' });
  return (
    <CodeBlock label={`curl command for ${application}`} text={snippet?.text ?? ''} getText={fetchText} secret wrap />
  );
};

/** Without keys: a call that is refused, to see that it arrives and why. */
const Refused = ({ status }: { readonly status: EndpointStatus }) => (
  <>
    <CodeBlock
      label="curl command"
      text={`curl -q --noproxy "*" --cacert "${status.caFile}" -d grant_type=client_credentials ${status.tokenUrl}`}
      wrap
    />
    <p className={styles.muted}>
      The endpoint refuses it, and the reason shows here. For a working call,{' '}
      <a href={hrefOf({ screen: 'applications' })}>generate the keys of an application</a> first.
    </p>
  </>
);

/** A command to try while no request has arrived. */
export const FirstCurl = ({ status }: { readonly status: EndpointStatus }) => {
  const keySets = useRead('keys.list', {}).value?.items;
  if (keySets === undefined) return null;
  const able = keySets.find(({ state, grantTypes }) => state === 'ACTIVE' && grantTypes.includes('client_credentials'));
  return (
    <div className={styles.first}>
      {able === undefined ? (
        <Refused status={status} />
      ) : (
        <Answered application={able.application} keyType={able.keyType} />
      )}
    </div>
  );
};
