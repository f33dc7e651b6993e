import { z } from 'zod';
import { read, write } from './define.ts';
import { applicationRef, description, id, keyType, line, timeMs, userRef } from './values.ts';

const name = line('The application name', 100).describe('name of the application');
const tier = line('The tier', 50).describe('throttling tier');

export const application = z.strictObject({
  id,
  name: z.string(),
  owner: z.string(),
  description: z.string(),
  tier: z.string(),
  keyTypes: z.array(keyType),
  activeTokens: z.int(),
  createdAtMs: timeMs,
});
export type Application = z.output<typeof application>;

const one = z.strictObject({ application: applicationRef });

export const applications = {
  list: read('List the applications', z.strictObject({}), z.strictObject({ items: z.array(application) })),
  read: read('Show one application', one, application),
  create: write(
    'Create an application',
    z.strictObject({
      name,
      owner: userRef.describe('username or id of the owner').default('admin'),
      description: description.describe('description').default(''),
      tier: tier.default('Unlimited'),
    }),
    application,
  ),
  update: write(
    'Change name, owner, description or tier; keys and tokens stay the same',
    z.strictObject({
      application: applicationRef,
      name: name.optional(),
      owner: userRef.optional().describe('username or id of the new owner'),
      description: description.optional().describe('description'),
      tier: tier.optional(),
    }),
    application,
  ),
  delete: write(
    'Delete an application: its keys and tokens stop working at once, and are gone for good after 8 seconds',
    one,
    z.strictObject({ id, name: z.string(), tokensRevoked: z.int(), undoUntilMs: timeMs }),
  ),
  restore: write('Undo the deletion of an application, within 8 seconds', one, application),
};
