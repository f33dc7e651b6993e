import { z } from 'zod';
import { control, read } from './define.ts';
import { secretsMode, shell, snippetCall, snippetClient } from './snippets.ts';
import { applicationRef, keyType, userRef } from './values.ts';

/** Steps of the first start; `done` on every start after it. */
export const firstStartStep = z.enum(['protect', 'serve', 'application', 'ready', 'done']);
export type FirstStartStep = z.output<typeof firstStartStep>;

/** Texts about tables, one for each. */
const tableTexts = (form: RegExp, message: string) => z.array(z.string().max(300).regex(form, message)).max(30);

/**
 * How a person set up the window, its last state, and the defaults of commands. Stored in clear and read while the vault is locked, so no
 * secrets.
 */
export const preferencesShape = {
  theme: z.enum(['system', 'light', 'dark', 'contrast']).describe('colors of the window'),
  sidebar: z.enum(['unfolded', 'folded']).describe('side bar of the window'),
  snippetPane: z.enum(['open', 'closed']).describe('snippet pane of the window'),
  call: snippetCall.describe('call in the snippet pane'),
  client: snippetClient.describe('client of the snippets'),
  shell: shell.describe('shell of the curl commands'),
  secrets: secretsMode.describe('secrets in snippets'),
  insecure: z.boolean().describe('skip the check of certificates in snippets'),
  wraps: z.boolean().describe('wrap long lines of snippets'),
  keyType: keyType.describe('last used key type'),
  keymap: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^[A-Za-z]+=\S+(?: \S+)*$/, 'A shortcut and its keys, like lock=$mod+KeyL.'),
    )
    .max(100)
    .describe('shortcuts with other keys than the default, like lock=$mod+KeyL'),
  screen: z
    .string()
    .max(300)
    .regex(/^#\/[a-z]+(?:\/[\w-]{1,20}){0,2}$/, 'A screen without its filter, like #/tokens or #/applications/1.')
    .describe('last shown screen'),
  compactRows: z
    .enum(['automatic', 'always', 'never'])
    .describe('compact rows of tables: automatic for more than ten rows'),
  columns: tableTexts(
    /^[a-z]+=[A-Za-z]+(?:,[A-Za-z]+)*$/,
    'A table and its columns, like tokens=state,lastUsed.',
  ).describe('shown columns of tables, like tokens=state,lastUsed'),
  order: tableTexts(/^[a-z]+=-?[A-Za-z]+$/, 'A table and a column, like tokens=-expires; - for descending.').describe(
    'order of tables, like tokens=-expires',
  ),
  seenAtMs: z.int().min(0).describe('real time when somebody last looked at the window, in milliseconds'),
  firstStart: firstStartStep.describe('step of the first start'),
  useApplication: applicationRef.nullable().describe('application of commands that name none (see `keyfob use`)'),
  useKeyType: keyType.nullable().describe('their key type, for that application'),
  useUser: userRef.nullable().describe('their user, for that application'),
};

/** Every preference can be missing; the window then uses a default. */
export const preferencesValues = z.strictObject(preferencesShape).partial();
export type Preferences = z.output<typeof preferencesValues>;

export const preferences = {
  read: read('Show the preferences of the window', z.strictObject({}), preferencesValues, { whileLocked: true }),
  write: control('Change preferences of the window; others stay the same', preferencesValues, preferencesValues, {
    whileLocked: true,
  }),
};
