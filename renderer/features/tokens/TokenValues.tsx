import type { Token } from '../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../store/context.ts';
import { usePresenting } from '../../store/presenting.ts';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { Secret } from '../../ui/Secret.tsx';
import styles from './TokenDetail.module.css';

/** Application tokens have none (reference 2.1). */
export const hasRefreshToken = ({ grantType }: Token): boolean => grantType !== 'client_credentials';

/** The access token and the refresh token, behind dots. */
export const TokenValues = ({ token }: { readonly token: Token }) => {
  const { host } = useKeyfob();
  const concealed = usePresenting();
  const reveal = () => host.call('tokens.reveal', { token: String(token.id) });
  return (
    <DefinitionList
      items={[
        {
          term: 'Access token',
          value: (
            <Secret label="access token" concealed={concealed} reveal={async () => (await reveal()).accessToken} />
          ),
        },
        {
          term: 'Refresh token',
          value: hasRefreshToken(token) ? (
            <Secret
              label="refresh token"
              concealed={concealed}
              reveal={async () => (await reveal()).refreshToken ?? ''}
            />
          ) : (
            <span className={styles.muted}>none: application tokens are asked for again instead</span>
          ),
        },
      ]}
    />
  );
};
