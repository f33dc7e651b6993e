import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { ExportSet } from '../engine/ports/export.ts';
import { tokenForm } from './form.ts';
import { jsonText } from './json.ts';
import { secretsOf, tokenVariables, withoutTemplates } from './secrets.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** The title of a collection. */
export const titleOf = ({ application, keyType }: ExportSet): string => `Keyfob: ${application}, ${keyType}`;

const texts = (entries: readonly (readonly [string, string])[]) =>
  entries.map(([key, value]) => ({ key, value, type: 'string' }));

/** A collection and its environment. Secrets are in the environment only: a collection cannot mask them. */
export const writePostman = (set: ExportSet, mode: SecretsMode): readonly ExportedFile[] => {
  const { consumerSecret, password, tokens } = secretsOf(set, mode);
  const variables = tokenVariables(set, 'camel');
  const username = set.user?.name ?? '';
  withoutTemplates({ 'consumer secret': consumerSecret, password, username }, 'Postman');
  const values: readonly (readonly [string, string, 'default' | 'secret'])[] = [
    ['baseUrl', set.baseUrl, 'default'],
    ['tokenUrl', set.tokenUrl, 'default'],
    ['apiUrl', set.apiCall.url, 'default'],
    ['consumerKey', set.basic.consumerKey, 'default'],
    ['consumerSecret', consumerSecret, 'secret'],
    ...(set.user === undefined
      ? []
      : ([
          ['username', username, 'default'],
          ['password', password, 'secret'],
        ] as const)),
    ...variables.map((name, at) => [name, tokens[at] ?? '', 'secret'] as const),
  ];
  const basic = texts([
    ['username', '{{consumerKey}}'],
    ['password', '{{consumerSecret}}'],
  ]);
  const items = set.devices.flatMap((device, at) => [
    {
      name: `Token of ${device.name}`,
      // Keeps the token for the call below.
      event: [
        {
          listen: 'test',
          script: {
            type: 'text/javascript',
            exec: [`pm.environment.set("${variables[at]}", pm.response.json().access_token);`],
          },
        },
      ],
      request: {
        ...{ method: 'POST', url: '{{tokenUrl}}', header: [], auth: { type: 'basic', basic } },
        body: {
          mode: 'urlencoded',
          urlencoded: tokenForm(set, device).map(({ name: key, value }) => ({
            key,
            value: key === 'username' || key === 'password' ? `{{${key}}}` : value,
            type: 'text',
          })),
        },
      },
    },
    {
      name: `Call as ${device.name}`,
      request: {
        ...{ method: 'GET', url: '{{apiUrl}}', header: [] },
        auth: { type: 'bearer', bearer: texts([['token', `{{${variables[at]}}}`]]) },
      },
    },
  ]);
  const name = titleOf(set);
  return [
    {
      name: 'keyfob.postman_environment.json',
      text: jsonText({
        name,
        values: values.map(([key, value, type]) => ({ key, value, type, enabled: true })),
        _postman_variable_scope: 'environment',
      }),
    },
    { name: 'keyfob.postman_collection.json', text: jsonText({ info: { name, schema }, item: items }) },
  ];
};
