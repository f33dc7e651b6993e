import type { Consent } from '../../../preload/contract/consents.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { livingClient } from '../clients/client.ts';
import { notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ConsentRow } from '../ports/store/consents.ts';
import { findApplication, findUser } from '../references.ts';
import { revokeRows } from '../tokens/retire.ts';
import { displayName } from '../usernames.ts';

/** Undefined while its application or user is deleted. */
const view = (ports: Ports, { keySetId, ...row }: ConsentRow): Consent | undefined => {
  const client = livingClient(ports, ports.store.keySets.byId(keySetId));
  const user = ports.store.users.byId(row.userId);
  if (client === undefined || user === undefined || user.deletedAtMs !== null) return undefined;
  const { application, keySet } = client;
  return {
    ...row,
    user: displayName(user),
    applicationId: application.id,
    application: application.name,
    keyType: keySet.keyType,
  };
};

export const consentHandlers = (ports: Ports): Handlers['consents'] => ({
  list: ({ user, application }) => {
    const userId = user === undefined ? undefined : findUser(ports, user).id;
    const applicationId = application === undefined ? undefined : findApplication(ports, application).id;
    const items = ports.store.consents
      .list()
      .flatMap((row) => view(ports, row) ?? [])
      .filter((item) => userId === undefined || item.userId === userId)
      .filter((item) => applicationId === undefined || item.applicationId === applicationId);
    return { items };
  },
  withdraw: ({ consent }) => {
    const row = ports.store.consents.byId(consent);
    const shown = row && view(ports, row);
    if (row === undefined || shown === undefined) throw notFound('consent', `No consent has the id ${consent}.`);
    ports.store.consents.delete(row.id);
    const tokens = ports.store.tokens
      .active({ userId: row.userId })
      .filter(({ keySetId, userType }) => keySetId === row.keySetId && userType === 'APPLICATION_USER');
    const tokensRevoked = revokeRows(ports, tokens, 'retired_consent_withdrawn');
    ports.events.emit('consents.changed', { userId: row.userId });
    return { ...shown, tokensRevoked };
  },
});
