import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { bareName, qualifiedName } from '../../usernames.ts';

/** `sub` of a user: the same in ID tokens and at `/userinfo`, as clients compare both. By the setting `subForm`. */
export const subjectOf = ({ store }: Ports, user: UserRow): string =>
  store.settings.read().subForm === 'bare' ? bareName(user) : qualifiedName(user);
