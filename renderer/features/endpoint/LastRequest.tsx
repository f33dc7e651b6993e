import { useRead } from '../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../store/window/route.ts';
import { formatInstant } from '../../ui/facts/instant.ts';
import styles from './endpoint.module.css';

/** The newest request in one line, and the way to all of them. */
export const LastRequest = () => {
  const { value } = useRead('requests.list', { limit: 1 });
  if (value === undefined) return null;
  const [last] = value.items;
  return (
    <p className={styles.last}>
      {last === undefined ? (
        'No requests yet.'
      ) : (
        <span>
          Last request: <code>{`${last.method} ${last.path}`}</code>, {last.status}, {formatInstant(last.atMs, true)}
        </span>
      )}
      <a href={hrefOf({ screen: 'requests' })}>See all requests</a>
    </p>
  );
};
