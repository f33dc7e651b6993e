import type { ReactNode } from 'react';
import { useTokenNowMs } from '../../store/hooks/useTokenTime.ts';
import { formatInstant, formatRemaining } from '../../ui/instant.ts';
import type { FilterQuery } from './filter.ts';
import styles from './TokenDetail.module.css';
import { TokenLink } from './TokenHistory.tsx';
import type { Explained } from './timeLine.ts';

/** The sentence with each other token that it names as a link. */
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

/** The engine's last sentence says what was when it was asked; this one ticks. */
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

/** What decided the issue of a token, and all that became of it, in sentences. */
export const WhyThisToken = ({ explained, query }: { readonly explained: Explained; readonly query: FilterQuery }) => (
  <ol className={styles.why}>
    {explained.text
      .split('\n')
      .slice(0, -1)
      .map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever added
        <li key={index}>{linked(sentence, explained.token.id, query)}</li>
      ))}
    <li>
      <strong>
        <Now explained={explained} />
      </strong>
    </li>
  </ol>
);
