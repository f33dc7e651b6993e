import type { ExportedFile } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { ExportSet } from '../engine/ports/export.ts';
import { tokenForm } from './form.ts';
import { jsonText } from './json.ts';
import { secretsOf, tokenVariables } from './secrets.ts';

const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** No program encodes the values in a body, so they are written encoded. */
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed()).replace(/[!'()*~]/g, hex);

/**
 * Requests for VS Code's REST Client, JetBrains and Visual Studio, in the syntax that all three read. The secrets are in
 * their environment files.
 */
export const writeHttp = (set: ExportSet, mode: SecretsMode): readonly ExportedFile[] => {
  const secrets = secretsOf(set, mode);
  const variables = tokenVariables(set, 'camel');
  const requests = set.devices.map((device, at) => {
    const fields = tokenForm(set, device).map(
      ({ name, value, secret }) => `${name}=${secret === undefined ? encoded(value ?? '') : `{{${secret}}}`}`,
    );
    const variable = variables[at] ?? '';
    const own = variable.slice('accessToken_'.length);
    return [
      `### Token of ${device.name}`,
      `# @name token_${own}`,
      'POST {{tokenUrl}}',
      'Authorization: Basic {{basic}}',
      'Content-Type: application/x-www-form-urlencoded',
      '',
      fields.join('&'),
      '',
      `### Call as ${device.name}`,
      `# @name call_${own}`,
      'GET {{apiUrl}}',
      `Authorization: Bearer {{${variable}}}`,
      '',
    ].join('\n');
  });
  const values = {
    basic: secrets.basic,
    ...(set.user !== undefined && { password: mode === 'real' ? encoded(secrets.password) : secrets.password }),
    ...Object.fromEntries(variables.map((name, at) => [name, secrets.tokens[at] ?? ''])),
  };
  const environment = jsonText({ keyfob: values });
  return [
    {
      name: 'keyfob.http',
      text: `@tokenUrl = ${set.tokenUrl}\n@apiUrl = ${set.apiCall.url}\n\n${requests.join('\n')}`,
    },
    { name: 'http-client.env.json', text: jsonText({ keyfob: {} }) },
    // JetBrains and Visual Studio read different files.
    { name: 'http-client.private.env.json', text: environment },
    { name: 'http-client.env.json.user', text: environment },
    { name: '.vscode/settings.json', text: jsonText({ 'rest-client.environmentVariables': { keyfob: values } }) },
    { name: '.gitignore', text: 'http-client.private.env.json\nhttp-client.env.json.user\n.vscode/settings.json\n' },
  ];
};
