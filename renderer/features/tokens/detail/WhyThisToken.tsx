import type { ReactNode } from 'react';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { formatInstant, formatRemaining } from '../../../ui/facts/instant.ts';
import type { FilterQuery } from '../filter.ts';
import styles from './TokenDetail.module.css';
import { TokenLink } from './TokenHistory.tsx';
import type { Explained } from './timeLine.ts';

/** A sentence in which other tokens are links. */
const linked = (sentence: string, own: number, query: FilterQuery): ReactNode[] =>
  sentence.split(/\b([Tt]oken \d+)/).map((part, index) => {
    const id = index % 2 === 1 ? Number(part.slice('token '.length)) : own;
    if (id === own) return part;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence
      <TokenLink key={index} id={id} query={query}>
        {part}
      </TokenLink>
    );
  });

/** The engine's last sentence describes the time of its answer. This one ticks. */
const Now = ({ explained: { token, text } }: { readonly explained: Explained }) => {
  const nowMs = useTokenNowMs();
  if (!token.valid && !(token.state === 'ACTIVE' && token.expiresAtMs !== null && token.expiresAtMs <= nowMs)) {
    return text.split('\n').at(-1);
  }
  if (token.expiresAtMs === null) return 'Now: valid, and never expires.';
  return token.expiresAtMs > nowMs
    ? `Now: valid, for another ${formatRemaining(token.expiresAtMs, nowMs)}, until ${formatInstant(token.expiresAtMs, true)}.`
    : 'Now: expired. The row stays ACTIVE until the next request for it.';
};

/** The reason for a token's issue and its later history, in sentences. */
export const WhyThisToken = ({ explained, query }: { readonly explained: Explained; readonly query: FilterQuery }) => (
  <ol className={styles.why}>
    {explained.text
      .split('\n')
      .slice(0, -1)
      .map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only appended
        <li key={index}>{linked(sentence, explained.token.id, query)}</li>
      ))}
    <li>
      <strong>
        <Now explained={explained} />
      </strong>
    </li>
  </ol>
);
