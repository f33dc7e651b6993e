import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { formatAgo, formatInstant, formatRemaining } from '../../../ui/facts/instant.ts';
import { StateChip } from '../../../ui/facts/StateChip.tsx';
import { TimeLine } from '../../../ui/facts/TimeLine.tsx';
import type { FilterQuery } from '../filter.ts';
import { isOverdue } from '../tokenWords.ts';
import styles from './TokenDetail.module.css';
import { type Explained, eventsOf, type TupleEvent } from './timeLine.ts';

interface TokenLinkProps {
  readonly id: number;
  readonly query: FilterQuery;
  readonly children?: string;
}

/** Opens another token, and keeps the way back to the same list. */
export const TokenLink = ({ id, query, children }: TokenLinkProps) => (
  <a href={hrefOf({ screen: 'tokens', token: String(id), filter: query })}>{children ?? `token ${id}`}</a>
);

const title = ({ title: words, other }: TupleEvent, query: FilterQuery, nowMs: number) =>
  other === undefined ? (
    words
  ) : (
    <span className={styles.mate}>
      <TokenLink id={other.id} query={query}>{`Token ${other.id}`}</TokenLink> issued
      <StateChip state={other.state} overdue={isOverdue(other, nowMs)} />
    </span>
  );

// The clock ticks once a second, so a recent event may lie ahead of it.
const time = ({ atMs, isToCome }: TupleEvent, nowMs: number) => (
  <span title={formatInstant(atMs, true)}>
    {isToCome ? `in ${formatRemaining(atMs, nowMs)}` : formatAgo(atMs, nowMs)}
  </span>
);

/** The history of a token and its tuple, on one time line. */
export const TokenHistory = ({ explained, query }: { readonly explained: Explained; readonly query: FilterQuery }) => {
  const nowMs = useTokenNowMs();
  return (
    <TimeLine
      label="Time line of the tuple"
      events={eventsOf(explained, nowMs).map((event) => ({
        key: event.key,
        tone: event.tone,
        title: title(event, query, nowMs),
        time: time(event, nowMs),
        current: event.own,
        ...(event.otherId !== undefined && {
          detail: explained.purged.includes(event.otherId) ? (
            `Token ${event.otherId} has been purged.`
          ) : (
            <>
              See <TokenLink id={event.otherId} query={query} />
            </>
          ),
        }),
      }))}
    />
  );
};
