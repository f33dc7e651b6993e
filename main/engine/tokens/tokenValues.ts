import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { TokenPersistence } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/tokenStore.ts';

/** How a token's value can be had: from the moment that only hashes are kept, no value there is. */
export const currentPersistence = (
  { store }: Ports,
  { persistence }: { readonly persistence: TokenPersistence },
): TokenPersistence => (store.settings.read().tokenPersistence === 'hashed' ? 'hashed' : persistence);

/** The value of an access token. Throws `token_value_not_kept`. */
export const revealAccessToken = ({ store }: Ports, id: number): string => {
  const value = store.tokens.reveal(id);
  if (value !== undefined) return value;
  throw new KeyfobError(
    'token_value_not_kept',
    `The value of token ${id} was shown once, when it was issued, and is kept as a hash only; issue or regenerate one, and copy it then.`,
  );
};

/** The value of the refresh token of a row; undefined where it has none, and where it is kept as a hash only. */
export const revealRefreshToken = ({ store }: Ports, { refreshTokenId }: TokenRow): string | undefined => {
  const refresh = refreshTokenId === null ? undefined : store.refreshTokens.byId(refreshTokenId);
  return refresh && store.refreshTokens.reveal(refresh.id);
};

/** One step of dropping what was kept before the setting changed: true when there is nothing left to do. */
export const dropTokenValues = ({ store }: Ports): boolean =>
  store.settings.read().tokenPersistence !== 'hashed' || store.tokens.dropValues();
