import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import { Spinner } from '../../../ui/buttons/Spinner.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import styles from './Splash.module.css';

/** Shown until the vault's state is known, or with the reason why it is unknown. */
export const Splash = ({ error }: { readonly error: KeyfobError | undefined }) => (
  <main className={styles.root} aria-busy={error === undefined}>
    <h1 className={styles.name}>Keyfob</h1>
    {error === undefined ? (
      <Spinner size={20} />
    ) : (
      <Banner tone="danger" title="Keyfob didn't answer.">
        {error.message}
      </Banner>
    )}
  </main>
);
