import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a change came to, for people. */
interface Outcome {
  /** One sentence. */
  readonly done: string;
  /** What they need of the output. */
  readonly values: Row;
  /** What to do next. */
  readonly next: readonly string[];
}

interface Told {
  readonly done: string;
  readonly values?: Row;
  readonly next?: string;
}

const count = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`;
const revokedToo = (amount: number): string => (amount === 0 ? '.' : `; ${count(amount, 'token')} revoked.`);

const keptBy = (mode: string | undefined): string => (mode === 'keychain' ? 'the keychain' : 'your passphrase');

const confirmKey =
  'write the recovery key down, it is shown only once; then: keyfob vault confirm-recovery-key --last-group <its last group>';

type Issued = OutputOf<MethodOf<'tokens.issue'>>;
const issued = (output: Issued): Told => {
  const { id, reused, accessToken, refreshToken, scope, expiresInSeconds, why } = output;
  return {
    done: reused ? `Token ${id} is still live, so it is handed out again.` : `Issued token ${id}.`,
    values: { accessToken, refreshToken, scope, expiresInSeconds, why },
  };
};

const userChanged =
  (what: string) =>
  ({ username, tokensRevoked }: { readonly username: string; readonly tokensRevoked: number }): Told => ({
    done: `${what} "${username}"${revokedToo(tokensRevoked)}`,
  });

/** How each change is told; a method without words is shown whole. */
const outcomes: { readonly [N in MethodName]?: (output: OutputOf<MethodOf<N>>, input: Row) => Told } = {
  'applications.create': ({ name, id }) => ({
    done: `Created application "${name}" (id ${id}).`,
    next: `keyfob keys generate --application ${posix(name)} --key-type PRODUCTION`,
  }),
  'applications.update': ({ name, id }) => ({ done: `Updated application "${name}" (id ${id}).` }),
  'applications.delete': ({ name, tokensRevoked }) => ({
    done: `Deleted application "${name}"${revokedToo(tokensRevoked)}`,
    next: `keyfob applications restore --application ${posix(name)}   (undoes it, within 8 seconds)`,
  }),
  'applications.restore': ({ name, id }) => ({ done: `Restored application "${name}" (id ${id}).` }),
  'keys.generate': ({ application, keyType, consumerKey, consumerSecret, token }) => ({
    done: `Generated the ${keyType} keys of "${application}", and token ${token.id}.`,
    values: {
      consumerKey,
      consumerSecret,
      accessToken: token.accessToken,
      scope: token.scope,
      expiresInSeconds: token.expiresInSeconds,
    },
    next: 'keyfob serve',
  }),
  'keys.update': ({ application, keyType }) => ({ done: `Updated the ${keyType} keys of "${application}".` }),
  'keys.regenerateSecret': ({ consumerKey, consumerSecret, tokensRevoked }) => ({
    done: `Created a new consumer secret${revokedToo(tokensRevoked)}`,
    values: { consumerKey, consumerSecret },
  }),
  'keys.revoke': ({ consumerKey, tokensRevoked }, { application, keyType }) => ({
    done: `Revoked the key set ${consumerKey}${revokedToo(tokensRevoked)}`,
    next: `keyfob keys regenerate-secret --application ${posix(String(application))} --key-type ${keyType}   (makes it work again)`,
  }),
  'users.create': ({ username, id, note }) => ({
    done: `Created user "${username}" (id ${id}).`,
    // No application would take this user.
    ...(note !== undefined && { values: { note } }),
    ...(note === undefined && {
      next: `keyfob tokens issue --application <name> --key-type PRODUCTION --user ${posix(username)}`,
    }),
  }),
  'users.setRoles': ({ username, roles }) => ({
    done: `Set the roles of "${username}": ${roles.length === 0 ? 'none' : roles.join(', ')}.`,
  }),
  'users.setPassword': userChanged('Set the password of'),
  'users.disable': userChanged('Disabled user'),
  'users.enable': ({ username }) => ({ done: `Enabled user "${username}".` }),
  'users.delete': userChanged('Deleted user'),
  'scopes.create': ({ name, roles }) => ({
    done: `Created scope "${name}"${roles.length === 0 ? '.' : `, for users with a role of ${roles.join(', ')}.`}`,
  }),
  'scopes.update': ({ name }) => ({ done: `Updated scope "${name}".` }),
  'scopes.delete': ({ name }) => ({ done: `Deleted scope "${name}".` }),
  'tokens.issue': issued,
  'tokens.regenerate': issued,
  'tokens.refresh': issued,
  'tokens.revoke': ({ id, token }) => ({ done: `Revoked token ${id} of "${token.application}".` }),
  'tokens.revokeMany': ({ revoked }) => ({ done: `Revoked ${count(revoked.length, 'token')}: ${revoked.join(', ')}.` }),
  'tokens.revokeAll': ({ revoked }) => ({ done: `Revoked ${count(revoked, 'token')}.` }),
  'tokens.purge': ({ purged }) => ({ done: `Deleted ${count(purged, 'retired token')} for good.` }),
  'tokens.setEnd': ({ id, expiresAtMs }) => ({ done: `Set when token ${id} expires.`, values: { expiresAtMs } }),
  'devices.revoke': ({ revoked }, { device }) => ({
    done: `Revoked ${count(revoked.length, 'token')} of device "${device}": ${revoked.join(', ')}.`,
  }),
  'settings.write': (output, input) => ({
    done: 'Saved.',
    values: Object.fromEntries(Object.entries(output).filter(([name]) => name in input)),
  }),
  'endpoint.start': ({ tokenUrl }) => ({ done: `The endpoint is running: ${tokenUrl}` }),
  'endpoint.stop': () => ({ done: 'Stopped the endpoint.' }),
  'vault.create': ({ mode, recoveryKey }) => ({
    done: `Created the vault, protected by ${keptBy(mode)}.`,
    values: { recoveryKey },
    next: confirmKey,
  }),
  'vault.newRecoveryKey': ({ recoveryKey }) => ({
    done: 'Created a new recovery key; the old one no longer works.',
    values: { recoveryKey },
    next: confirmKey,
  }),
  'vault.rotateDataKey': ({ recoveryKey }) => ({
    done: 'Replaced the data key and the recovery key; the old ones no longer work.',
    values: { recoveryKey },
    next: confirmKey,
  }),
  'vault.unlock': () => ({ done: 'The vault is unlocked.' }),
  'vault.lock': () => ({ done: 'The vault is locked.' }),
  'vault.recover': ({ mode }) => ({ done: `Opened the vault; its key is now protected by ${keptBy(mode)}.` }),
  'vault.changePassphrase': () => ({ done: 'Changed the passphrase.' }),
  'vault.changeMode': ({ mode }) => ({ done: `The key of the vault is now protected by ${keptBy(mode)}.` }),
  'vault.confirmRecoveryKey': () => ({ done: 'The recovery key is confirmed.' }),
  'backup.export': ({ file, contents }) => ({
    done: `Wrote ${file}: ${count(contents.applications, 'application')}, ${count(contents.tokens, 'token')}.`,
  }),
  'backup.import': ({ written, equal, kept }) => ({
    done: `Imported ${count(written.applications, 'application')} and ${count(written.tokens, 'token')}; ${equal} items were the same, ${kept} kept as they were.`,
  }),
};

/** What a change came to; `undefined` for methods that change nothing, or have no words. */
export function outcomeOf(method: MethodName, output: unknown, input: Row): Outcome | undefined {
  const tell = outcomes[method] as ((output: unknown, input: Row) => Told) | undefined;
  if (tell === undefined) return undefined;
  const { done, values = {}, next } = tell(output, input);
  return { done, values, next: next === undefined ? [] : [next] };
}
