import { Hash } from 'lucide-react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { tokenValues } from '../../store/hooks/topics/tokenValues.ts';
import { useCopySecret, usePresenting } from '../../store/hooks/window/window.ts';
import { heldMinutes, type ShownToken } from '../../store/topics/tokens/shownOnce.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { countOf } from '../../ui/facts/count.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import { Secret } from '../../ui/secrets/Secret.tsx';
import styles from './ShownOnce.module.css';

/** Above this number, values are copied together only. */
const listed = 5;

const Row = ({ token }: { readonly token: ShownToken }) => {
  const keyfob = useKeyfob();
  const presenting = usePresenting();
  const { id, name, hasRefreshToken } = token;
  return (
    <li className={styles.row}>
      <span className={styles.name}>{name}</span>
      <Secret
        label={`access token of ${name}`}
        concealed={presenting}
        reveal={async () => (await tokenValues(keyfob, id)).accessToken}
      />
      {hasRefreshToken && (
        <CopyButton
          secret
          label="Refresh token"
          what={`refresh token of ${name}`}
          getText={async () => (await tokenValues(keyfob, id)).refreshToken ?? ''}
        />
      )}
    </li>
  );
};

/** The values that were just issued and are kept as hashes only. They can be copied here and nowhere else. */
export const ShownOnce = () => {
  const keyfob = useKeyfob();
  const { tokens, forget } = useKeyfobState((state) => state.shownOnce);
  const copySecret = useCopySecret();
  const one = tokens.length === 1;
  const copyAll = () =>
    copySecret(countOf(tokens.length, 'token'), async () => {
      const lines = tokens.map(async ({ id, name }) => `${name}\t${(await tokenValues(keyfob, id)).accessToken}\n`);
      return (await Promise.all(lines)).join('');
    });
  return (
    <section aria-label="Shown once" className={styles.root}>
      <Banner
        tone="warn"
        icon={Hash}
        title={
          one
            ? 'Copy it now: this token is shown once.'
            : `Copy them now: these ${countOf(tokens.length, 'token')} are shown once.`
        }
        actions={
          <>
            {!one && (
              <Button size="small" onClick={() => void copyAll()}>
                Copy all
              </Button>
            )}
            <Button size="small" onClick={forget}>
              Done
            </Button>
          </>
        }
      >
        Only {one ? 'a hash of it is' : 'hashes of them are'} kept. This window forgets {one ? 'it' : 'them'} with Done,
        when the vault is locked, and after {heldMinutes} minutes.
      </Banner>
      <ul className={styles.list}>
        {tokens.slice(0, listed).map((token) => (
          <Row key={token.id} token={token} />
        ))}
        {tokens.length > listed && <li className={styles.more}>and {tokens.length - listed} more</li>}
      </ul>
    </section>
  );
};
