import { KeyfobError } from '../../../preload/contract/errors.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Caller } from '../../transport/reply.ts';
import { keyTypeNamed, keyTypes } from '../program/actions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An application, its key type and a user, as far as a person typed them. An empty user means none. */
export interface Selection {
  readonly application?: string | undefined;
  readonly keyType?: KeyType | undefined;
  readonly user?: string | undefined;
}

/** The variable of each default, and the flag that it replaces. */
export const defaultVariables = {
  application: 'KEYFOB_APPLICATION',
  keyType: 'KEYFOB_KEY_TYPE',
  user: 'KEYFOB_USER',
} as const;

/** The value of `KEYFOB_KEY_TYPE`, in any case. Throws `bad_input` for another text. */
function keyTypeIn(text: string): KeyType {
  const found = keyTypeNamed(text);
  if (found !== undefined) return found;
  const message = `"${text}" is not valid for ${defaultVariables.keyType}. Use one of ${keyTypes.join(', ')}.`;
  throw new KeyfobError('bad_input', message);
}

/** The defaults in the environment. Throws `bad_input` for an unknown key type. */
function fromEnvironment(env: Environment): Selection {
  const { application, keyType, user } = defaultVariables;
  const typed = env[keyType] || undefined;
  return {
    application: env[application] || undefined,
    keyType: typed === undefined ? undefined : keyTypeIn(typed),
    user: env[user] || undefined,
  };
}

/** The defaults that `keyfob use` stored. */
export async function storedDefaults(call: Caller): Promise<Selection> {
  const { useApplication, useKeyType, useUser } = await call('preferences.read', {});
  return {
    application: useApplication ?? undefined,
    keyType: useKeyType ?? undefined,
    user: useUser ?? undefined,
  };
}

const missing = (flag: string, why: string): KeyfobError =>
  new KeyfobError('bad_input', `--${flag} is missing: ${why}`);

async function onlyApplication(call: Caller): Promise<string> {
  const { items } = await call('applications.list', {});
  const [first] = items;
  if (first === undefined) {
    throw new KeyfobError('not_found', 'There are no applications yet. Create one: `keyfob applications create Shop`.');
  }
  if (items.length === 1) return first.name;
  throw missing(
    'application',
    `there are ${items.length} applications. Add it, or set a default: \`keyfob use <application>\`.`,
  );
}

async function onlyKeyType(call: Caller, application: string): Promise<KeyType> {
  const { name, keyTypes } = await call('applications.read', { application });
  const [first] = keyTypes;
  if (first === undefined) {
    throw new KeyfobError('not_found', `"${name}" has no keys yet. Generate them: \`keyfob keys generate\`.`);
  }
  if (keyTypes.length === 1) return first;
  throw missing(
    'key-type',
    `"${name}" has ${keyTypes.join(' and ')} keys. Add it, or set a default: \`keyfob use ${posix(name)} --key-type ${first}\`.`,
  );
}

/** Throws `not_found` if the application of `keyfob use` was renamed or deleted: nobody typed its name now. */
async function demandStored(call: Caller, application: string): Promise<void> {
  const { items } = await call('applications.list', {});
  if (items.some(({ name, id }) => name === application || String(id) === application)) return;
  const todo = 'Choose another one: `keyfob use <application>`, or remove it: `keyfob use --clear`.';
  throw new KeyfobError('not_found', `The default application "${application}" does not exist. ${todo}`);
}

/**
 * Fills an incomplete selection: from the environment, then from `keyfob use`, then with the only application and its only key
 * type. Stored key type and user count for their application only. `demands` names the parts to fill in addition to the
 * application. Throws `bad_input` if there are several, and `not_found` if there is none or it is unknown.
 */
export async function fillSelection(
  typed: Selection,
  demands: readonly ('keyType' | 'user')[],
  call: Caller,
  env: Environment = process.env,
): Promise<Selection & { readonly application: string }> {
  const set = fromEnvironment(env);
  const stored = await storedDefaults(call);
  const named = typed.application ?? set.application;
  if (named === undefined && stored.application !== undefined) await demandStored(call, stored.application);
  const application = named ?? stored.application ?? (await onlyApplication(call));
  const own = application === stored.application ? stored : {};
  const known = typed.keyType ?? set.keyType ?? own.keyType;
  const keyType = known ?? (demands.includes('keyType') ? await onlyKeyType(call, application) : undefined);
  const user = demands.includes('user') ? (typed.user ?? set.user ?? own.user) : undefined;
  return { application, keyType, user: user === '' ? undefined : user };
}
