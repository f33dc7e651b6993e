import { TerminalSquare, Ticket, X } from 'lucide-react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useGo } from '../../../store/hooks/window.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { durationOf, Outcome, reasonOf } from './requestColumns.tsx';
import styles from './requests.module.css';
import { useCaller } from './useCallers.ts';
import { useShowSnippet } from './useShowSnippet.ts';

interface RequestDetailProps {
  readonly request: LoggedRequest;
  readonly onClose: () => void;
}

/** One request: its outcome, the reason, and the next steps. */
export const RequestDetail = ({ request, onClose }: RequestDetailProps) => {
  const go = useGo();
  const showSnippet = useShowSnippet();
  const keySet = useCaller(request.clientId);
  const { method, path, tokenId, clientId, grantType, error, errorDescription, secretsInUrl, foreignSite, count } =
    request;
  const title = `${method} ${path}`;
  const facts = [
    keySet !== undefined && {
      term: 'Application',
      value: (
        <a
          href={hrefOf({
            screen: 'applications',
            application: String(keySet.applicationId),
            keyType: keySet.keyType,
          })}
        >
          {keySet.application}, {keySet.keyType === 'PRODUCTION' ? 'Production' : 'Sandbox'}
        </a>
      ),
    },
    clientId !== undefined && { term: 'Consumer key', value: <code>{clientId}</code> },
    grantType !== undefined && { term: 'Grant', value: <code>{grantType}</code> },
    error !== undefined && {
      term: 'Response',
      value: (
        <>
          <code>{error}</code>
          {errorDescription !== undefined && `: ${errorDescription}`}
        </>
      ),
    },
    secretsInUrl !== undefined && { term: 'Secrets in the URL', value: <code>{secretsInUrl.join(', ')}</code> },
    foreignSite !== undefined && {
      term: 'Sent by a page of',
      value: count === 1 ? foreignSite : `${foreignSite} (${formatCount(count ?? 0)} requests; this is the newest)`,
    },
    {
      term: 'Time',
      value: [formatInstant(request.atMs, true), durationOf(request)].filter((part) => part !== '').join(', '),
    },
  ].filter((fact) => fact !== false);
  return (
    <section
      className={styles.detail}
      aria-label={`Request ${title}`}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header className={styles.detailHead}>
        <Outcome request={request} />
        <code className={styles.cut}>{title}</code>
        <span className={styles.gap} />
        {tokenId !== undefined && (
          <Button size="small" icon={Ticket} onClick={() => go({ screen: 'tokens', token: String(tokenId) })}>
            Token {tokenId}
          </Button>
        )}
        {keySet !== undefined && (
          <Button size="small" icon={TerminalSquare} onClick={() => void showSnippet(request, keySet)}>
            As a snippet
          </Button>
        )}
        <IconButton icon={X} name="Close the request" hint="Close" size="small" onClick={onClose} />
      </header>
      <p className={styles.reason}>
        {reasonOf(request)} <CopyButton getText={() => reasonOf(request)} what="reason" />
      </p>
      <DefinitionList items={facts} />
    </section>
  );
};
