import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { TokenPersistence } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/store/tokens.ts';

/** The persistence of a token's value. Once the setting is `hashed`, no stored value is shown, deleted yet or not. */
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
    `Only a hash of token ${id} is stored, so its value cannot be shown again. Regenerate the token and copy its value then.`,
  );
};

/** The value of a row's refresh token; undefined without one, and where only its hash is stored. */
export const revealRefreshToken = ({ store }: Ports, { refreshTokenId }: TokenRow): string | undefined => {
  const refresh = refreshTokenId === null ? undefined : store.refreshTokens.byId(refreshTokenId);
  return refresh && store.refreshTokens.reveal(refresh.id);
};

/** Deletes a batch of stored values after the setting became `hashed`. Returns true when none remain. */
export const dropTokenValues = ({ store }: Ports): boolean =>
  store.settings.read().tokenPersistence !== 'hashed' || store.tokens.dropValues();
