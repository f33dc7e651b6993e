import { z } from 'zod';
import { applications } from './applications.ts';
import { job } from './define.ts';
import { describedChange } from './describe.ts';
import { server } from './servers.ts';
import { keyType, userRef } from './values.ts';

/** The kind of a file, by its content. */
export const importSource = z.enum(['apictl', 'devportal', 'client', 'curl']);
export type ImportSource = z.output<typeof importSource>;

const { tokenUrl } = server.shape;

export const imports = {
  application: job(
    'Import applications with keys and subscriptions from a file of API Manager, an API client or a curl command',
    z.strictObject({
      file: z.string().min(1, 'The file is empty.').max(8_000_000, 'A file may have at most 6 MB.').meta({
        file: true,
        description:
          "apictl's zip or YAML, JSON of the developer portal, a Postman, Bruno or Insomnia file, .env or curl",
      }),
      name: applications.create.input.shape.name
        .optional()
        .describe('name of the application (default: as in the file)'),
      owner: userRef.optional().describe('owner (default: as in the file if that user exists here, else admin)'),
      keyType: keyType.optional().describe('key type of keys whose file names none (default: PRODUCTION)'),
      tokenUrl: tokenUrl
        .optional()
        .describe('token address of the server that issued the keys (default: keys of this machine)'),
      withKeys: z.boolean().default(true).describe('import consumer keys and secrets'),
      preview: z.boolean().default(false).describe('only show what would change'),
    }),
    z.strictObject({
      source: importSource,
      applications: z.array(z.string()),
      changes: z.array(describedChange),
      unchanged: z.int(),
      /** One sentence for each part that is left out or read in another way. Never holds a secret. */
      notes: z.array(z.string()),
      applied: z.boolean(),
    }),
  ),
};
