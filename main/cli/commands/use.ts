import { KeyfobError } from '../../../preload/contract/errors.ts';
import { withClosing } from '../../system/closing.ts';
import { logError } from '../../system/logError.ts';
import type { Caller } from '../../transport/reply.ts';
import { note, success } from '../output/report.ts';
import type { UseFlags } from '../program/actions.ts';
import { defaultVariables, type Selection, storedDefaults } from '../session/defaults.ts';
import { openSession } from '../session/openSession.ts';
import type { Parts } from '../session/parts.ts';
import { pairs } from '../text/table.ts';

/** Checks the defaults against the vault. Gives them as the vault spells them. Throws `not_found`. */
async function checked({ application = '', keyType, user }: Selection, call: Caller): Promise<Selection> {
  const { name, keyTypes } = await call('applications.read', { application });
  if (keyType !== undefined && !keyTypes.includes(keyType)) {
    throw new KeyfobError('not_found', `"${name}" has no ${keyType} keys. Generate them: \`keyfob keys generate\`.`);
  }
  const wanted = user?.toLowerCase();
  const { items } = wanted === undefined ? { items: [] } : await call('users.list', {});
  const found = items.find(({ username, id }) => username.toLowerCase() === wanted || String(id) === wanted);
  if (wanted !== undefined && found === undefined)
    throw new KeyfobError('not_found', `No user named "${user}". (\`keyfob users list\` shows all.)`);
  return { application: name, keyType, user: found?.username };
}

function print({ application, keyType, user }: Selection, json: boolean): void {
  if (json) {
    const values = { application: application ?? null, keyType: keyType ?? null, user: user ?? null };
    process.stdout.write(`${JSON.stringify(values)}\n`);
    return;
  }
  if (application === undefined) note('No defaults are set. Set them: `keyfob use <application>`');
  else {
    const rows = [
      ['application', application],
      ['key type', keyType ?? 'the only one'],
      ['user', user ?? 'none'],
    ] as const;
    process.stdout.write(`${pairs(rows)}\n`);
  }
  for (const variable of Object.values(defaultVariables)) {
    if (process.env[variable]) note(`${variable} is set, and comes before this default.`);
  }
}

const write = (call: Caller, { application, keyType, user }: Selection) =>
  call('preferences.write', {
    useApplication: application ?? null,
    useKeyType: keyType ?? null,
    useUser: user ?? null,
  });

/**
 * Stores or shows the defaults of commands. Another application starts without key type and user; an empty user removes that one.
 * Throws `not_found` for unknown names, and `bad_input` for a key type or user without an application.
 */
export async function setDefaults(
  application: string | undefined,
  { keyType, user, clear = false, ...common }: UseFlags,
  parts: Pick<Parts, 'folder' | 'openApp'>,
): Promise<void> {
  const isChange = application !== undefined || keyType !== undefined || user !== undefined;
  if (clear && isChange) throw new KeyfobError('bad_input', '--clear removes all defaults, so use it alone.');
  await withClosing(async (opened) => {
    const { call } = await openSession(common, parts, opened);
    if (clear) await write(call, {});
    const before = clear ? {} : await storedDefaults(call);
    const kept = application === undefined ? before : {};
    const wanted = {
      application: application ?? kept.application,
      keyType: keyType ?? kept.keyType,
      user: user === '' ? undefined : (user ?? kept.user),
    };
    if (isChange && wanted.application === undefined) {
      throw new KeyfobError(
        'bad_input',
        'A default key type or user belongs to an application. Name it: `keyfob use <application>`.',
      );
    }
    const now = isChange ? await checked(wanted, call) : before;
    if (isChange) await write(call, now);
    if (common.json !== true && (isChange || clear)) {
      process.stdout.write(
        `${success(clear ? 'Removed the defaults.' : `Commands that name no application use "${now.application}".`)}\n`,
      );
    }
    if (!clear || common.json) print(now, common.json === true);
  }, logError);
}
