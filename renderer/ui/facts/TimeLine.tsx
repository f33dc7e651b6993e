import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './TimeLine.module.css';
import type { Tone } from './tone.ts';

interface TimeLineEvent {
  readonly key: string | number;
  readonly tone: Tone;
  readonly title: ReactNode;
  /** Its time, in words. */
  readonly time: ReactNode;
  readonly detail?: ReactNode;
  /** The page's own event. */
  readonly current?: boolean;
}

/** A sequence of events, in the given order. */
export const TimeLine = ({ events, label }: { readonly events: readonly TimeLineEvent[]; readonly label: string }) => (
  <ol className={styles.root} aria-label={label}>
    {events.map((event) => (
      <li
        key={event.key}
        className={classes(styles.event, event.current && styles.current)}
        data-tone={event.tone}
        aria-current={event.current || undefined}
      >
        <span className={styles.dot} aria-hidden />
        <div className={styles.words}>
          <div className={styles.line}>
            <span className={styles.title}>{event.title}</span>
            <span className={styles.time}>{event.time}</span>
          </div>
          {event.detail !== undefined && <div className={styles.detail}>{event.detail}</div>}
        </div>
      </li>
    ))}
  </ol>
);
