import { formatAgo, formatInstant } from './instant.ts';

interface LastUsedProps {
  /** Real time, as are reuses and logged requests. */
  readonly atMs: number | undefined;
  readonly nowMs: number;
}

/** When a token was last used, as far as that is known. */
export const LastUsed = ({ atMs, nowMs }: LastUsedProps) =>
  atMs === undefined ? (
    <span title="Not issued again, and not used in a logged request">–</span>
  ) : (
    <span title={`${formatInstant(atMs, true)}: issued again, or used in a logged request`}>
      {formatAgo(atMs, nowMs)}
    </span>
  );
