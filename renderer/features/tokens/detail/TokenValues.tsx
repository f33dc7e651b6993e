import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../../store/context.ts';
import { tokenValues, useHasValue, useShownOnce } from '../../../store/hooks/topics/tokenValues.ts';
import { usePresenting } from '../../../store/hooks/window/window.ts';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { KeptAsHash } from '../../../ui/secrets/KeptAsHash.tsx';
import { Secret } from '../../../ui/secrets/Secret.tsx';
import styles from './TokenDetail.module.css';
import type { Explained } from './timeLine.ts';

/** Application tokens have none (reference 2.1). */
export const hasRefreshToken = ({ grantType }: Token): boolean => grantType !== 'client_credentials';

/** The masked access token and refresh token. */
export const TokenValues = ({ explained }: { readonly explained: Explained }) => {
  const { token, refreshTokenPersistence } = explained;
  const keyfob = useKeyfob();
  const concealed = usePresenting();
  const shownOnce = useShownOnce(token);
  const hasValue = useHasValue(token);
  const refreshToken = () => {
    if (!hasRefreshToken(token)) {
      return <span className={styles.muted}>none: request application tokens again instead</span>;
    }
    if (refreshTokenPersistence === undefined) return <span className={styles.muted}>purged with a later token</span>;
    // With a hashed access token, the refresh token can't be read either.
    if (!shownOnce && (refreshTokenPersistence === 'hashed' || !hasValue)) return <KeptAsHash />;
    const reveal = async () => (await tokenValues(keyfob, token.id)).refreshToken ?? '';
    return <Secret label="refresh token" concealed={concealed} reveal={reveal} />;
  };
  const accessToken = async () => (await tokenValues(keyfob, token.id)).accessToken;
  return (
    <DefinitionList
      items={[
        {
          term: 'Access token',
          value: hasValue ? <Secret label="access token" concealed={concealed} reveal={accessToken} /> : <KeptAsHash />,
        },
        { term: 'Refresh token', value: refreshToken() },
      ]}
    />
  );
};
