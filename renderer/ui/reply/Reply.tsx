import { Eye, EyeOff, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../buttons/IconButton.tsx';
import { Badge } from '../facts/Badge.tsx';
import { countOf, formatCount } from '../facts/count.ts';
import type { Tone } from '../facts/tone.ts';
import { CodeBlock } from '../secrets/CodeBlock.tsx';
import { useRevealed } from '../secrets/useRevealed.ts';
import { prettyJson } from './prettyJson.ts';
import styles from './Reply.module.css';

export interface ReplyProps {
  readonly reply: {
    readonly request: string;
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly contentType?: string | undefined;
    /** Secrets are masked. Absent for binary data. */
    readonly body?: string | undefined;
    readonly bodyBytes: number;
    readonly truncated: boolean;
    readonly durationMs: number;
    readonly why?: string | undefined;
  };
  /** The body with its secrets; absent where none are masked. */
  readonly fetchBody: (() => Promise<string>) | undefined;
  /** Whether secrets must stay hidden. */
  readonly concealed: boolean;
  /** The next steps. */
  readonly actions?: ReactNode;
  readonly onDismiss: () => void;
}

const maskAfterMs = 30_000;

const toneOf = (status: number): Tone => (status < 300 ? 'good' : status < 400 ? 'info' : 'danger');

/** "12.3 ms", "1.2 s". */
const took = (ms: number): string =>
  ms < 100 ? `${ms} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

const Headers = ({ headers }: Pick<ReplyProps['reply'], 'headers'>) => (
  <details className={styles.headers}>
    <summary>{countOf(headers.length, 'header')}</summary>
    <dl>
      {headers.map(({ name, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may occur twice, and the list never changes
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </details>
);

/** The body. Its secrets are masked until a person shows them; copying includes them. */
const Body = ({ reply, fetchBody, concealed }: Pick<ReplyProps, 'reply' | 'fetchBody' | 'concealed'>) => {
  const { body = '', bodyBytes, truncated } = reply;
  const fetchText = async () => prettyJson(await (fetchBody?.() ?? Promise.resolve(body)));
  const { revealed, show, hide } = useRevealed(fetchText, concealed, maskAfterMs);
  const open = revealed.state === 'shown' || revealed.state === 'asking';
  const shown =
    revealed.state === 'shown' ? revealed.value : revealed.state === 'failed' ? revealed.problem : prettyJson(body);
  return (
    <>
      <CodeBlock
        label="reply body"
        text={shown}
        getText={fetchText}
        secret={fetchBody !== undefined}
        wrap
        actions={
          fetchBody && (
            <IconButton
              icon={open ? EyeOff : Eye}
              name={open ? 'Hide the tokens' : 'Show the tokens'}
              hint={concealed ? 'Hidden while presenting' : open ? 'Hide' : 'Show'}
              size="small"
              aria-disabled={concealed}
              onClick={() => (open ? hide() : void show())}
            />
          )
        }
      />
      {truncated && <p className={styles.note}>Only the start is shown, of {formatCount(bodyBytes)} bytes.</p>}
    </>
  );
};

/** The reply to a call: status, time, reason, headers and body. */
export const Reply = ({ reply, fetchBody, concealed, actions, onDismiss }: ReplyProps) => {
  const { status, statusText, contentType, durationMs, why, body, bodyBytes } = reply;
  const section = useRef<HTMLElement>(null);
  // In a narrow pane, the reply starts below the visible part.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={section} className={styles.root} aria-label="Reply">
      <div className={styles.line}>
        <Badge tone={toneOf(status)}>
          {status} {statusText}
        </Badge>
        <span className={styles.facts}>
          {[took(durationMs), contentType?.replace(/;.*/, '')].filter(Boolean).join(' · ')}
        </span>
        <IconButton size="small" icon={X} name="Dismiss the reply" onClick={onDismiss} />
      </div>
      {why !== undefined && <p className={styles.why}>{why}</p>}
      {body === undefined ? (
        bodyBytes > 0 && <p className={styles.note}>The body is {formatCount(bodyBytes)} bytes of binary data.</p>
      ) : body === '' ? (
        <p className={styles.note}>The body is empty.</p>
      ) : (
        <Body {...{ reply, fetchBody, concealed }} />
      )}
      <Headers headers={reply.headers} />
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </section>
  );
};
