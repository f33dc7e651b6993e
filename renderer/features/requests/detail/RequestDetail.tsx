import { ArrowLeft, ChevronDown, ChevronUp, TerminalSquare, Ticket } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useGo } from '../../../store/hooks/window.ts';
import { hrefOf, type Route } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { OutcomeBadge } from '../OutcomeBadge.tsx';
import { outcomeLooks, outcomeOf, reasonOf } from '../requestWords.ts';
import styles from './RequestDetail.module.css';
import { RequestFacts } from './RequestFacts.tsx';
import { useShowSnippet } from './useShowSnippet.ts';

interface RequestDetailProps {
  readonly request: LoggedRequest;
  /** The list to return to. */
  readonly list: Extract<Route, { readonly screen: 'requests' }>;
  readonly newer: LoggedRequest | undefined;
  readonly older: LoggedRequest | undefined;
}

const Actions = ({ request, list, newer, older }: RequestDetailProps) => {
  const go = useGo();
  const showSnippet = useShowSnippet();
  const { tokenId, application, keyType } = request;
  const open = (other: LoggedRequest | undefined) =>
    other !== undefined && go({ ...list, part: String(other.sequence) });
  return (
    <>
      {tokenId !== undefined && (
        <Button icon={Ticket} onClick={() => go({ screen: 'tokens', token: String(tokenId) })}>
          Token {tokenId}
        </Button>
      )}
      {application !== undefined && keyType !== undefined && (
        <Button icon={TerminalSquare} onClick={() => void showSnippet(request, { application, keyType })}>
          As a snippet
        </Button>
      )}
      <IconButton
        icon={ChevronUp}
        name="Newer request"
        look="secondary"
        disabled={newer === undefined}
        onClick={() => open(newer)}
      />
      <IconButton
        icon={ChevronDown}
        name="Older request"
        look="secondary"
        disabled={older === undefined}
        onClick={() => open(older)}
      />
    </>
  );
};

/** One request: its outcome, the reason, and the next steps. */
export const RequestDetail = ({ request, list, newer, older }: RequestDetailProps) => {
  const go = useGo();
  const root = useRef<HTMLDivElement>(null);
  const back = useRef(() => go(list));
  back.current = () => go(list);
  useEffect(() => {
    root.current?.focus({ preventScroll: true });
    const onKeyDown = (event: KeyboardEvent) => {
      // An open menu or dialog handles its own Escape.
      if (event.key === 'Escape' && !event.defaultPrevented) back.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const title = `${request.method} ${request.path}`;
  return (
    <div ref={root} tabIndex={-1} className={styles.root}>
      <PageHeader
        title={title}
        back={
          <a className={styles.back} href={hrefOf(list)}>
            <ArrowLeft aria-hidden size={14} />
            Requests
          </a>
        }
        beside={<OutcomeBadge request={request} />}
        actions={<Actions {...{ request, list, newer, older }} />}
      />
      <div role="note" aria-label="Reason" className={styles.reason} data-tone={outcomeLooks[outcomeOf(request)].tone}>
        {reasonOf(request)} <CopyButton getText={() => reasonOf(request)} what="reason" />
      </div>
      <Section title="Facts">
        <RequestFacts request={request} />
      </Section>
    </div>
  );
};
