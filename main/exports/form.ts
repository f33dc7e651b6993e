import type { ExportedDevice, ExportSet } from '../engine/ports/export.ts';
import type { SnippetModel } from '../engine/ports/snippet.ts';

/** The form of a token request for a device. */
export const tokenForm = ({ user }: ExportSet, { scope }: ExportedDevice): SnippetModel['form'] => [
  ...(user === undefined
    ? [{ name: 'grant_type', value: 'client_credentials' }]
    : [
        { name: 'grant_type', value: 'password' },
        { name: 'username', value: user.name },
        { name: 'password', value: user.password, secret: 'password' as const },
      ]),
  { name: 'scope', value: scope },
];
