import type { TokenFormat } from '../../../../preload/contract/tokenFormat.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { bareName, qualifiedName } from '../../usernames.ts';

/** `sub` of a user: the same in ID tokens and at `/userinfo`, as clients compare both. By the setting `subForm`. */
export const subjectOf = ({ store }: Ports, user: UserRow): string => {
  const { subForm } = store.settings.read();
  if (subForm === 'userId') return user.uuid;
  return subForm === 'bare' ? bareName(user) : qualifiedName(user);
};

/** The formats whose versions name users by their UUID, if the setting says so (OpenID reference 10.3). */
const formatsWithUuids: readonly TokenFormat[] = ['apim42', 'rfc9068'];

/** `sub` of a user in an access token: the UUID, or fully qualified. */
export const accessTokenSubject = ({ store }: Ports, user: UserRow, format: TokenFormat): string =>
  store.settings.read().subForm === 'userId' && formatsWithUuids.includes(format) ? user.uuid : qualifiedName(user);
