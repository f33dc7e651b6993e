import { useKeyfob } from '../../store/context.ts';
import { usePresenting } from '../../store/hooks/window/window.ts';
import { Secret } from '../../ui/secrets/Secret.tsx';
import styles from './users.module.css';

/** A user's password, shown and copied on demand. */
export const UserPassword = ({ username }: { readonly username: string }) => {
  const { host } = useKeyfob();
  const concealed = usePresenting();
  return (
    <span className={styles.password}>
      <Secret
        label={`password of ${username}`}
        reveal={async () => (await host.call('users.reveal', { user: username })).password}
        concealed={concealed}
      />
    </span>
  );
};
