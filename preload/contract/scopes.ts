import { z } from 'zod';
import { apiRef } from './apis.ts';
import { read, write } from './define.ts';
import { description, id, roles, scopeName } from './values.ts';

export const scope = z.strictObject({
  id,
  name: z.string(),
  description: z.string(),
  roles: z.array(z.string()),
  /** The APIs that it belongs to, like `echo/1.0`. Empty: every application can request it. */
  apis: z.array(z.string()),
});
export type Scope = z.output<typeof scope>;

const name = scopeName.refine(
  (text) => !/^(device_.*|openid|default|am_application_scope)$/.test(text),
  'device_…, openid, default and am_application_scope are built in and cannot be defined.',
);

/** Reference 3.2: the known scopes of a request are those of the APIs that the application subscribes to. */
const apis = z
  .array(apiRef)
  .max(50, 'A scope may belong to at most 50 APIs.')
  .describe('APIs that it belongs to; only applications that subscribe to one of them get it');

export const scopes = {
  list: read('List the scopes', z.strictObject({}), z.strictObject({ items: z.array(scope) })),
  create: write(
    'Create a scope; with roles, only users with one of them can get it',
    z.strictObject({
      name,
      description: description.describe('description').default(''),
      roles: roles.default([]),
      apis: apis.default([]),
    }),
    scope,
  ),
  update: write(
    'Change description, roles or APIs of a scope; issued tokens keep their scopes',
    z.strictObject({
      name: scopeName,
      description: description.optional().describe('description'),
      roles: roles.optional(),
      apis: apis.optional(),
    }),
    scope,
  ),
  delete: write('Delete a scope; later requests lose it', z.strictObject({ name: scopeName }), scope),
};
