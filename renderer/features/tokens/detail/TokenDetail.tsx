import { Ban, Clock, Ellipsis, RefreshCw, SearchX, TimerReset } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { hasValue } from '../../../store/hooks/topics/tokenValues.ts';
import { useTokenActions, useTokenVerbActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { useCopyToken, useRevokeAction } from '../../../store/hooks/window/useCommands.ts';
import { usePageKeys } from '../../../store/hooks/window/usePageKeys.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import { isLive } from '../../../store/topics/tokens/tokenFacts.ts';
import { relatedTokenVerbs, type TokensOf, tokenVerbs } from '../../../store/verbs/tokenVerbs.ts';
import { menuOf } from '../../../store/verbs/verb.ts';
import { hrefOf, type Route } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Countdown } from '../../../ui/facts/Countdown.tsx';
import { StateChip } from '../../../ui/facts/StateChip.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import type { FilterQuery } from '../filter.ts';
import { allOf } from '../revoke/RevokeAll.tsx';
import { useAskRevoke } from '../revoke/RevokeProvider.tsx';
import { isOverdue, kindNames } from '../tokenWords.ts';
import { TokenContent } from './TokenContent.tsx';
import styles from './TokenDetail.module.css';
import { TokenFacts } from './TokenFacts.tsx';
import { TokenHistory } from './TokenHistory.tsx';
import { hasRefreshToken, TokenValues } from './TokenValues.tsx';
import { WhyThisToken } from './WhyThisToken.tsx';

const State = ({ token }: { readonly token: Token }) => {
  const nowMs = useTokenNowMs();
  const ends = token.state === 'ACTIVE' || token.state === 'EXPIRED';
  return (
    <>
      <StateChip state={token.state} overdue={isOverdue(token, nowMs)} />
      {ends && (
        <span className={styles.end}>
          <Countdown endMs={token.expiresAtMs} nowMs={nowMs} />
        </span>
      )}
    </>
  );
};

/** The verbs that have a button, or a part of the page. */
const withButtons = ['copyToken', 'why', 'refresh', 'expireSoon', 'expireNow', 'revoke'];

const revokeAllOf = (of: TokensOf, { application, keyType, user, device = '' }: Token) =>
  of === 'application' ? allOf(of, application, keyType) : allOf(of, of === 'user' ? user : device);

const Actions = ({ token }: { readonly token: Token }) => {
  const ask = useAskRevoke();
  const revoke = () => ask({ kind: 'tokens', ids: [token.id] });
  const actions = useTokenVerbActions(revoke);
  const { expire, refresh } = actions;
  const [refreshing, setRefreshing] = useState(false);
  const active = token.state === 'ACTIVE';
  const live = isLive(token);
  const refreshNow = async () => {
    setRefreshing(true);
    await refresh(token);
    setRefreshing(false);
  };
  useRevokeAction('Revoke this token', live ? revoke : undefined);
  return (
    <>
      {live && hasRefreshToken(token) && (
        <Button icon={RefreshCw} loading={refreshing} onClick={() => void refreshNow()}>
          Refresh
        </Button>
      )}
      {active && (
        <>
          <Button icon={TimerReset} onClick={() => expire(token, 10)}>
            Expire in 10 s
          </Button>
          <Button icon={Clock} onClick={() => expire(token, 0)}>
            Expire now
          </Button>
        </>
      )}
      {live && (
        <Button look="danger" icon={Ban} onClick={revoke}>
          Revoke…
        </Button>
      )}
      <Menu
        trigger={<IconButton icon={Ellipsis} name="Actions for this token" hint="More" look="secondary" />}
        groups={[
          ...menuOf(tokenVerbs, token, actions, withButtons),
          ...menuOf(relatedTokenVerbs, token, {
            askToRevokeAll: (of: TokensOf) => ask(revokeAllOf(of, token)),
          }),
        ]}
      />
    </>
  );
};

interface TokenDetailProps {
  /** The token's id. */
  readonly token: string;
  /** The query of the list to go back to. */
  readonly query: FilterQuery;
}

/** One token: values, reason, history, facts and actions. */
export const TokenDetail = ({ token: reference, query }: TokenDetailProps) => {
  const { value: explained, error } = useRead('tokens.explain', { token: reference });
  const go = useGo();
  const actions = useTokenActions();
  const token = explained?.token;
  const list: Route = { screen: 'tokens', filter: query };
  const root = usePageKeys(() => go(list));
  const copyable = useKeyfobState((state) => token !== undefined && hasValue(state, token));
  const decodable = copyable && token?.format !== 'opaque';
  useCopyToken('Copy this token', copyable ? () => token && actions.copyToken(token) : undefined);

  const id = token?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per token, not on each read
  useEffect(() => {
    if (token !== undefined) actions.look(token);
  }, [actions, id]);

  const gone = error?.code === 'not_found';
  return (
    <div ref={root} tabIndex={-1} className={styles.root}>
      <PageHeader
        title={`Token ${reference}`}
        back={{ href: hrefOf(list), label: 'Tokens' }}
        {...(token !== undefined && {
          nextToTitle: <State token={token} />,
          description: `${token.device === undefined ? kindNames[token.userType] : `Device token for ${token.device}`} of ${token.user}, ${token.application}`,
          actions: <Actions token={token} />,
        })}
      />
      {gone && (
        <EmptyState
          icon={SearchX}
          title="This token doesn't exist"
          action={
            <Button look="primary" onClick={() => go(list)}>
              Back to the tokens
            </Button>
          }
        >
          It may have been purged, or deleted with its application.
        </EmptyState>
      )}
      {error !== undefined && !gone && <ErrorNote title="The token could not be read.">{error.message}</ErrorNote>}
      {explained === undefined && error === undefined && <Skeleton lines={5} label="Loading the token" />}
      {explained !== undefined && !gone && (
        <div className={styles.columns}>
          <div className={styles.main}>
            <Section title="Values">
              <TokenValues explained={explained} />
            </Section>
            {decodable && (
              <Section title="Content" description="This access token is a JWT. Every holder can read it.">
                <TokenContent key={explained.token.id} token={explained.token} />
              </Section>
            )}
            <Section title="Why this token?">
              <WhyThisToken explained={explained} query={query} />
            </Section>
          </div>
          <div className={styles.history}>
            <Section title="Time line" description="Tokens for the same key, user and scopes.">
              <TokenHistory explained={explained} query={query} />
            </Section>
          </div>
          <Section title="Facts">
            <TokenFacts token={explained.token} />
          </Section>
        </div>
      )}
    </div>
  );
};
