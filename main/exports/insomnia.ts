import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { ExportSet } from '../engine/ports/export.ts';
import { uniqueNames } from './names.ts';
import { titleOf } from './postman.ts';
import { secretsOf, withoutTemplates } from './secrets.ts';
import { yamlText } from './yaml.ts';

/** A collection for Insomnia 11 and later. Insomnia keeps one token per request, so each device has its own request. */
export const writeInsomnia = (set: ExportSet, mode: SecretsMode): ExportedFile => {
  const { consumerSecret, password } = secretsOf(set, mode);
  const username = set.user?.name ?? '';
  withoutTemplates({ 'consumer secret': consumerSecret, password, username }, 'Insomnia');
  const names = set.devices.map(({ name }) => name);
  const ids = uniqueNames(names, 'req_keyfob_');
  const [workspace = ''] = uniqueNames([`${set.application}_${set.keyType}`], 'keyfob_');
  return {
    name: 'keyfob.insomnia.yaml',
    text: yamlText({
      type: 'collection.insomnia.rest/5.0',
      schema_version: '5.1',
      name: titleOf(set),
      meta: { id: `wrk_${workspace}` },
      collection: set.devices.map(({ name, scope }, at) => ({
        name: `Call as ${name}`,
        meta: { id: ids[at] ?? '' },
        url: '{{ _.apiUrl }}',
        method: 'GET',
        authentication: {
          type: 'oauth2',
          grantType: set.user === undefined ? 'client_credentials' : 'password',
          accessTokenUrl: '{{ _.tokenUrl }}',
          clientId: '{{ _.consumerKey }}',
          clientSecret: '{{ _.consumerSecret }}',
          ...(set.user !== undefined && { username: '{{ _.username }}', password: '{{ _.password }}' }),
          scope,
          credentialsInBody: false,
        },
      })),
      environments: {
        name: 'Base',
        meta: { id: `env_${workspace}` },
        data: {
          apiUrl: set.apiCall.url,
          tokenUrl: set.tokenUrl,
          consumerKey: set.basic.consumerKey,
          consumerSecret,
          ...(set.user !== undefined && { username, password }),
        },
      },
      certificates: [{ path: 'ca.pem' }],
    }),
  };
};
