import type { Handlers } from '../../../preload/contract/index.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import { secretWarning } from '../../../preload/contract/servers.ts';
import type { Client } from '../clients/client.ts';
import { newConsumerCredential } from '../clients/consumerCredentials.ts';
import { insertKeySet } from '../clients/newKeySet.ts';
import { conflict } from '../errors.ts';
import { readPastedKeys } from '../imports/credentials.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication, findClient, livingApplications } from '../references.ts';
import { revokeKeySetTokens } from '../tokens/retire.ts';
import { issueFirst } from './shared/issueForPerson.ts';
import { patched } from './shared/patched.ts';
import {
  demandGenerated,
  enterNewSecret,
  hasKeys,
  provideKeys,
  stopServing,
  updateServer,
} from './shared/providedKeys.ts';

const view = ({ keySet, application }: Client): KeySet => ({
  id: keySet.id,
  applicationId: application.id,
  application: application.name,
  keyType: keySet.keyType,
  consumerKey: keySet.consumerKey,
  state: keySet.state,
  grantTypes: [...keySet.grantTypes],
  callbackUrl: keySet.callbackUrl,
  publicClient: keySet.publicClient,
  pkce: keySet.pkce,
  pkcePlain: keySet.pkcePlain,
  issueBehaviour: keySet.issueBehaviour,
  tokenFormat: keySet.tokenFormat,
  applicationTokenValiditySeconds: keySet.applicationTokenValiditySeconds,
  userTokenValiditySeconds: keySet.userTokenValiditySeconds,
  refreshTokenValiditySeconds: keySet.refreshTokenValiditySeconds,
  allowedOrigins: [...keySet.allowedOrigins],
  createdAtMs: keySet.createdAtMs,
  origin: keySet.server === null ? 'generated' : 'provided',
  server: keySet.server,
  servedHere: keySet.servedHere,
});

const warningsOf = (consumerSecret = ''): string[] => {
  const warning = consumerSecret === '' ? undefined : secretWarning(consumerSecret);
  return warning === undefined ? [] : [warning];
};

const changed = ({ events }: Ports, applicationId: number): void => {
  events.emit('keys.changed', { applicationId });
};

export const keyHandlers = (ports: Ports): Handlers['keys'] => ({
  list: (input) => {
    const applications =
      input.application === undefined ? livingApplications(ports) : [findApplication(ports, input.application)];
    const clients = applications.flatMap((application) =>
      ports.store.keySets.ofApplication(application.id).map((keySet) => ({ keySet, application })),
    );
    return { items: clients.map(view) };
  },
  generate: (input) => {
    const application = findApplication(ports, input.application);
    const { keyType, grantTypes, callbackUrl, publicClient, pkce, pkcePlain, issueBehaviour, tokenFormat } = input;
    if (hasKeys(ports, application, keyType)) {
      const text = `"${application.name}" already has ${keyType} keys. Regenerate their secret or token instead.`;
      throw conflict('keyType', text);
    }
    const { keySet, consumerSecret } = insertKeySet(ports, {
      ...{ applicationId: application.id, keyType, grantTypes: [...new Set(grantTypes)], callbackUrl, publicClient },
      ...{ pkce, pkcePlain, issueBehaviour, tokenFormat },
    });
    const client = { keySet, application };
    changed(ports, application.id);
    return { ...view(client), consumerSecret, token: issueFirst(ports, client, input.scope, input.validitySeconds) };
  },
  provide: (input) => {
    const client = provideKeys(ports, input);
    changed(ports, client.application.id);
    return { ...view(client), warnings: warningsOf(input.consumerSecret) };
  },
  updateServer: (input) => {
    const { client, hasNewCredentials } = updateServer(ports, input);
    const tokensRevoked = hasNewCredentials
      ? revokeKeySetTokens(ports, client.keySet, 'retired_secret_regenerated')
      : 0;
    changed(ports, client.application.id);
    return { ...view(client), tokensRevoked, warnings: warningsOf(input.consumerSecret) };
  },
  readCommand: ({ command }) => readPastedKeys(command),
  update: ({ application, keyType, ...changes }) => {
    const client = findClient(ports, { application, keyType });
    const { grantTypes, allowedOrigins } = changes;
    const row = patched(client.keySet, {
      ...changes,
      grantTypes: grantTypes && [...new Set(grantTypes)],
      allowedOrigins: allowedOrigins && [...new Set(allowedOrigins)],
    });
    ports.store.keySets.update(row);
    changed(ports, row.applicationId);
    return view({ ...client, keySet: row });
  },
  reveal: (input) => {
    const { id, consumerKey } = findClient(ports, input).keySet;
    return { consumerKey, consumerSecret: ports.store.keySets.revealSecret(id) };
  },
  regenerateSecret: (input) => {
    const { keySet } = findClient(ports, input);
    demandGenerated(keySet, enterNewSecret);
    const consumerSecret = newConsumerCredential(ports.random);
    ports.store.keySets.setSecret(keySet.id, consumerSecret);
    ports.store.keySets.update({ ...keySet, state: 'ACTIVE' });
    const tokensRevoked = revokeKeySetTokens(ports, keySet, 'retired_secret_regenerated');
    changed(ports, keySet.applicationId);
    return { consumerKey: keySet.consumerKey, consumerSecret, tokensRevoked };
  },
  revoke: (input) => {
    const { keySet } = findClient(ports, input);
    demandGenerated(keySet, stopServing);
    ports.store.keySets.update({ ...keySet, state: 'REVOKED' });
    const tokensRevoked = revokeKeySetTokens(ports, keySet, 'retired_keys_revoked');
    changed(ports, keySet.applicationId);
    return { consumerKey: keySet.consumerKey, tokensRevoked };
  },
});
