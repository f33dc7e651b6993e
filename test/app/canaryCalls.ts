import assert from 'node:assert/strict';
import type { Caller } from '../../main/transport/reply.ts';
import type { InputOf, OutputOf } from '../../preload/contract/define.ts';
import { type ErrorCode, KeyfobError } from '../../preload/contract/errors.ts';
import { applicationFormat, exportFormat } from '../../preload/contract/exports.ts';
import type { MethodName, MethodOf } from '../../preload/contract/index.ts';
import { secretsMode, shell, snippetCall, snippetClient, snippetForm } from '../../preload/contract/snippets.ts';
import type { AgeTool } from '../helpers/age.ts';
import { until } from '../helpers/until.ts';
import type { LeakDetector } from './leakDetector.ts';

/** Methods that reveal secrets on purpose. */
const revealing: ReadonlySet<MethodName> = new Set([
  'keys.generate',
  'keys.reveal',
  'keys.readCommand',
  'keys.regenerateSecret',
  'users.reveal',
  'tokens.issue',
  'tokens.authorize',
  'tokens.regenerate',
  'tokens.refresh',
  'tokens.reveal',
  'tokens.revealMany',
  'devices.mint',
  'deviceSets.mint',
  'vault.create',
  'vault.newRecoveryKey',
  'vault.rotateDataKey',
]);

/** Contract calls whose answers are recorded. Secrets that they reveal on purpose are added to the searched ones. */
export interface Calls {
  readonly call: <N extends MethodName>(name: N, input: InputOf<MethodOf<N>>) => Promise<OutputOf<MethodOf<N>>>;
  /** A call that must fail with this code. */
  readonly fails: <N extends MethodName>(name: N, input: InputOf<MethodOf<N>>, code: ErrorCode) => Promise<void>;
  readonly called: ReadonlySet<MethodName>;
}

export function recordCalls(caller: () => Caller, leaks: LeakDetector): Calls {
  const called = new Set<MethodName>();
  return {
    called,
    async call(name, input) {
      called.add(name);
      const output = await caller()(name, input);
      const isReal = /^(?:snippets|exports)\./.test(name) && 'secrets' in input && input.secrets === 'real';
      if (revealing.has(name)) leaks.addSecrets(name, output);
      else if (!isReal) leaks.record(`the answer of ${name}`, JSON.stringify(output));
      return output;
    },
    async fails(name, input, code) {
      called.add(name);
      await assert.rejects(caller()(name, input), (error) => {
        assert.ok(error instanceof KeyfobError);
        leaks.record(`the error of ${name}`, JSON.stringify([error.code, error.message, error.details, error.stack]));
        assert.equal(error.code, code, error.message);
        return true;
      });
    },
  };
}

export interface Passwords {
  readonly tester: string;
  readonly testerLater: string;
  readonly boss: string;
  readonly gone: string;
}

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const sandbox = { application: 'Shop', keyType: 'SANDBOX' } as const;

/** Creates users, applications and key sets; changes and deletes some of each. */
export async function createClients({ call, fails }: Calls, passwords: Passwords) {
  await call('users.create', { username: 'tester', password: passwords.tester });
  await fails('users.create', { username: 'tester', password: passwords.boss }, 'conflict');
  await fails('users.create', { username: 'tes ter', password: passwords.boss }, 'bad_input');
  await fails('users.create', { username: 'x', password: passwords.boss.repeat(20) }, 'bad_input');
  await call('users.create', { username: 'boss', password: passwords.boss, roles: ['admin'] });
  await call('users.create', { username: 'gone', password: passwords.gone });
  await call('users.setRoles', { user: 'tester', roles: ['reader'] });
  await call('users.setClaims', { user: 'tester', givenName: 'Tess', otherClaims: { level: 3 } });
  await call('users.disable', { user: 'gone' });
  await call('users.enable', { user: 'gone' });
  await call('users.reveal', { user: 'gone' });
  await call('users.delete', { user: 'gone' });
  await call('users.list', {});
  await call('consents.list', {});
  await fails('consents.withdraw', { consent: 1 }, 'not_found');
  await call('scopes.create', { name: 'read', roles: ['reader'] });
  await call('scopes.update', { name: 'read', description: 'to read' });
  await call('scopes.create', { name: 'write' });
  await call('scopes.delete', { name: 'write' });
  await call('scopes.list', {});
  await call('applications.create', { name: 'Doomed' });
  await call('keys.generate', { application: 'Doomed', keyType: 'PRODUCTION' });
  const { id } = await call('applications.delete', { application: 'Doomed' });
  await call('applications.restore', { application: String(id) });
  await call('keys.revoke', { application: 'Doomed', keyType: 'PRODUCTION' });
  await call('applications.delete', { application: 'Doomed' });
  await call('applications.create', { name: 'Shop' });
  await call('applications.update', { application: 'Shop', tier: '20PerMin' });
  await call('applications.read', { application: 'Shop' });
  const keys = await call('keys.generate', shop);
  await fails('keys.generate', shop, 'conflict');
  await call('keys.generate', { ...sandbox, issueBehaviour: 'multiple' });
  await call('keys.update', { ...sandbox, userTokenValiditySeconds: -1 });
  await call('keys.regenerateSecret', sandbox);
  await call('keys.reveal', sandbox);
  await call('keys.list', { application: 'Shop' });
  await createProvided({ call, fails });
  await call('applications.list', {});
  return { id: keys.consumerKey, secret: keys.consumerSecret };
}

/** A secret of another server, with characters that each layer encodes in its own way. */
export const providedSecret = `prov'ided "s:e%41c+r&e<t>\\ 9f2c`;

/** Provides keys, changes them, and is refused with the secret in the input. */
async function createProvided({ call, fails }: Pick<Calls, 'call' | 'fails'>): Promise<void> {
  const staging = { application: 'Staging', keyType: 'PRODUCTION' } as const;
  const given = { ...staging, consumerKey: 'staging key', consumerSecret: providedSecret };
  const tokenUrl = 'https://127.0.0.1:1/token';
  await call('applications.create', { name: 'Staging' });
  await fails('keys.provide', { ...given, tokenUrl: 'nowhere' }, 'bad_input');
  await fails('keys.provide', { ...given, consumerSecret: `${providedSecret}\n`, tokenUrl }, 'bad_input');
  await call('keys.provide', { ...given, tokenUrl });
  await fails('keys.provide', { ...given, tokenUrl }, 'conflict');
  await call('keys.updateServer', { ...given, consumerKey: 'another key', introspectUrl: tokenUrl });
  await fails('keys.updateServer', { ...given, ...shop }, 'refused');
  await fails('keys.readCommand', { command: `staging key:${providedSecret}` }, 'bad_input');
  const base64 = Buffer.from(`staging key:${providedSecret}`).toString('base64');
  await call('keys.readCommand', { command: `curl ${tokenUrl} -H "Authorization: Basic ${base64}"` });
  for (const secrets of secretsMode.options) {
    for (const of of shell.options) await call('snippets.render', { ...staging, secrets, shell: of });
    for (const client of snippetClient.options) await call('snippets.render', { ...staging, secrets, client });
  }
  await fails('snippets.run', staging, 'call_failed');
  await fails('keys.regenerateSecret', staging, 'refused');
  await call('keys.reveal', staging);
}

/** Calls every method about APIs, subscriptions and tiers. */
export async function handleApis({ call, fails }: Calls): Promise<void> {
  const api = 'orders/1.0.0';
  const slow = { level: 'advanced', name: 'Slow' } as const;
  const resource = { api, verb: 'GET', template: '/orders/{id}' } as const;
  await call('tiers.create', { ...slow, limit: 10 });
  await call('tiers.update', { ...slow, limit: 20 });
  await call('apis.create', { name: 'orders', productionBackend: 'http://localhost:1' });
  await fails('apis.create', { name: 'orders' }, 'conflict');
  await call('apis.update', { api, tier: 'Slow' });
  await call('apis.setResource', resource);
  await call('apis.deleteResource', resource);
  await call('apis.read', { api });
  await call('apis.match', { path: '/orders/1.0.0/a' });
  await fails('apis.importOpenApi', { file: 'bm8gZG9jdW1lbnQ=' }, 'bad_input');
  await call('apis.list', {});
  const { id } = await call('subscriptions.create', { application: 'Shop', api });
  await call('subscriptions.update', { subscription: id, tier: 'Gold' });
  await call('subscriptions.delete', { subscription: id });
  await call('subscriptions.list', {});
  await fails('tiers.delete', slow, 'conflict');
  await call('apis.delete', { api });
  await call('tiers.delete', slow);
  await call('tiers.list', {});
  await call('tiers.counters', {});
  await call('tiers.resetCounters', {});
}

/** Describes everything, and applies it with a password in the place of each secret. */
export async function handleDescription({ call }: Calls, passwords: Passwords): Promise<void> {
  const { text, variables } = await call('describe.export', {});
  const file = Buffer.from(text).toString('base64');
  const values = Object.fromEntries(variables.map((name) => [name, passwords.boss]));
  const { changes } = await call('describe.apply', { file, variables: values, diff: true });
  assert.notEqual(changes.length, 0);
  const sealed = await call('describe.export', { secrets: 'age', backupPassphrase: passwords.boss });
  const opening = { file: Buffer.from(sealed.text).toString('base64'), backupPassphrase: passwords.boss };
  await call('describe.apply', { ...opening, diff: true });
}

/** Calls every method about tokens. */
export async function handleTokens(calls: Calls, passwords: Passwords): Promise<void> {
  const { call, fails } = calls;
  const username = 'tester';
  const issued = await call('tokens.issue', { ...shop, username, scope: 'read unknown' });
  await call('tokens.issue', { ...shop, username, scope: 'read unknown' });
  const { accessToken, refreshToken = '' } = await call('tokens.refresh', { token: issued.accessToken });
  await fails('tokens.refresh', { token: issued.accessToken }, 'refused');
  await fails(
    'tokens.read',
    { token: `${accessToken.slice(0, -1)}${accessToken.endsWith('-') ? '_' : '-'}` },
    'not_found',
  );
  await call('tokens.read', { token: refreshToken });
  await call('tokens.explain', { token: accessToken });
  await call('tokens.reveal', { token: accessToken });
  await call('tokens.setExpiry', { token: accessToken, inSeconds: 60 });
  await call('tokens.revoke', { token: accessToken });
  await fails('tokens.setExpiry', { token: accessToken }, 'refused');
  await call('tokens.regenerate', { ...shop, username });
  await fails('tokens.authorize', shop, 'refused');
  const grantTypes = ['password', 'client_credentials', 'refresh_token', 'authorization_code'] as const;
  await call('keys.update', { ...shop, grantTypes: [...grantTypes], callbackUrl: 'http://127.0.0.1/cb' });
  await call('tokens.regenerate', sandbox);
  await call('keys.update', { ...sandbox, tokenFormat: 'apim26' });
  const jwt = await call('tokens.issue', sandbox);
  await call('tokens.decode', { token: jwt.accessToken });
  await call('signingKeys.rotate', { algorithm: 'RS256' });
  await call('signingKeys.list', {});
  await fails('tokens.decode', { token: `${jwt.accessToken}x` }, 'not_found');
  await call('devices.mint', { ...shop, username, device: ['ipad', 'iphone', 'pixel'] });
  await call('deviceSets.save', { ...shop, username, name: 'Phones', device: ['ipad', 'iphone'], validitySeconds: 60 });
  await call('deviceSets.rename', { application: 'Shop', set: 'Phones', name: 'Two' });
  await fails('deviceSets.mint', { application: 'Shop', set: 'Phones' }, 'not_found');
  await call('deviceSets.mint', { application: 'Shop', set: 'Two' });
  await call('deviceSets.list', {});
  await call('deviceSets.delete', { application: 'Shop', set: 'Two' });
  await call('devices.list', shop);
  await call('devices.revoke', { ...shop, username, device: 'pixel' });
  for (const what of snippetCall.options) {
    for (const secrets of secretsMode.options) {
      const token = what === 'token' ? {} : { device: 'ipad' };
      const url = what === 'api' ? { url: 'http://localhost:3000/orders' } : {};
      const input = { ...shop, username, ...token, ...url, call: what, secrets } as const;
      for (const of of shell.options) await call('snippets.render', { ...input, shell: of });
    }
  }
  for (const client of snippetClient.options) {
    for (const secrets of secretsMode.options) {
      await call('snippets.render', { ...shop, username, call: 'token', client, secrets });
    }
  }
  for (const format of exportFormat.options) {
    for (const secrets of secretsMode.options) await call('exports.devices', { ...shop, username, format, secrets });
  }
  for (const format of applicationFormat.options) {
    const user = format === 'apictl' || format === 'devportal' ? {} : { username };
    for (const secrets of secretsMode.options)
      await call('exports.application', { application: 'Shop', ...user, format, secrets });
  }
  const { files } = await call('exports.application', { application: 'Shop', format: 'devportal', secrets: 'real' });
  const file = Buffer.from(files[0]?.text ?? '').toString('base64');
  await call('imports.application', { file, preview: true });
  await fails('imports.application', { file, name: 'Another', preview: true }, 'conflict');
  for (const secrets of ['env', 'placeholder', 'real'] as const) {
    await call('exports.call', { ...shop, username, device: 'ipad', call: 'api', forms: snippetForm.options, secrets });
  }
  await call('exports.call', { ...shop, receiver: 'elsewhere' });
  for (const what of ['token', 'introspect', 'refresh', 'revoke'] as const) {
    await call('snippets.run', { ...shop, username, device: 'ipad', call: what });
  }
  const url = 'http://localhost:1/';
  await fails('snippets.run', { ...shop, username, device: 'iphone', call: 'api', url }, 'call_failed');
  await call('devices.verify', { ...shop, username, url });
  const { items } = await call('tokens.list', {});
  await call('tokens.count', { text: 'shop' });
  await call('tokens.expiries', { application: 'Shop' });
  await call('tokens.ids', { deviceTokens: true });
  await call('tokens.readMany', { ids: items.map(({ id }) => id), last4: true });
  await call('tokens.revealMany', { ids: items.map(({ id }) => id) });
  await call('tokens.export', {});
  await call('tokens.revokeMany', { ids: items.slice(-1).map(({ id }) => id) });
  await call('tokens.revokeAll', { application: 'Shop', keyType: 'SANDBOX' });
  await call('tokens.purgeable', { olderThanDays: 0 });
  await call('tokens.purge', { olderThanDays: 0, application: 'Shop', keyType: 'SANDBOX' });
  await call('users.setPassword', { user: username, password: passwords.testerLater });
  await call('settings.write', { clockOffsetSeconds: 60 });
  await call('settings.read', {});
  await call('audit.list', {});
  await call('today.read', {});
  await readRequestLog(calls);
  await call('endpoint.exportCa', {});
  await call('endpoint.status', {});
}

/**
 * Exports and imports backups, with right and wrong keys. A passphrase takes a second of processor time, so only the calls that show what
 * it does have one. The others use the key pair.
 */
export async function handleBackups(
  { call, fails }: Calls,
  { passphrase, other, age }: { readonly passphrase: string; readonly other: string; readonly age: AgeTool },
): Promise<void> {
  await fails('backup.export', {}, 'bad_input');
  const { file } = await call('backup.export', { backupPassphrase: passphrase });
  await call('backup.inspect', { file });
  await call('backup.preview', { file, backupPassphrase: passphrase });
  const forKey = await call('backup.export', { recipients: [age.recipient] });
  const opening = { file: forKey.file, backupIdentity: age.keyFile };
  await call('users.setPassword', { user: 'tester', password: other });
  await fails('backup.import', opening, 'conflict');
  await call('backup.import', { ...opening, onConflict: 'theirs' });
  await fails('backup.import', { file, backupPassphrase: other }, 'wrong_passphrase');
  await fails('backup.import', { file: Buffer.from(passphrase).toString('base64') }, 'backup_not_age');
  const cut = Buffer.from(forKey.file, 'base64').subarray(0, -9).toString('base64');
  await fails('backup.preview', { ...opening, file: cut }, 'backup_damaged');
}

/** Locks and opens the vault in each way, with right and wrong secrets. Leaves it unlocked. */
export async function handleVault({ call, fails }: Calls, passphrase: string, other: string): Promise<void> {
  await call('vault.keychain', {});
  await call('vault.windowUsed', {});
  await call('vault.autoLock', {});
  await call('about.read', {});
  await call('preferences.write', { theme: 'dark' });
  await call('preferences.read', {});
  await call('doctor.run', {});
  await fails('vault.newRecoveryKey', { passphrase: other }, 'wrong_passphrase');
  const { recoveryKey } = await call('vault.newRecoveryKey', { passphrase });
  await fails('vault.confirmRecoveryKey', { lastGroup: '00000' }, 'wrong_recovery_key');
  await call('vault.confirmRecoveryKey', { lastGroup: recoveryKey.slice(-5) });
  await fails('vault.create', { mode: 'passphrase', passphrase: other }, 'vault_exists');
  await fails('vault.changeMode', { mode: 'passphrase', newPassphrase: other }, 'conflict');
  await fails('vault.changeMode', { mode: 'keychain', passphrase: other }, 'wrong_passphrase');
  await fails('vault.changeMode', { mode: 'keychain', passphrase }, 'keychain_unavailable');
  await fails('vault.changePassphrase', { passphrase: other, newPassphrase: other }, 'wrong_passphrase');
  await call('vault.changePassphrase', { passphrase, newPassphrase: other });
  await fails('vault.rotateDataKey', { passphrase }, 'wrong_passphrase');
  const { recoveryKey: newRecoveryKey } = await call('vault.rotateDataKey', { passphrase: other });
  await fails('vault.recover', { recoveryKey, mode: 'passphrase', passphrase }, 'wrong_recovery_key');
  await until('the end of the rotation', async () => (await call('vault.status', {})).rotation === undefined);
  await call('vault.lock', {});
  await fails('tokens.reveal', { token: '1' }, 'vault_locked');
  await fails('vault.unlock', { passphrase }, 'wrong_passphrase');
  await fails('vault.unlock', { passphrase: other.slice(0, 3) }, 'wrong_passphrase');
  await fails(
    'vault.recover',
    { recoveryKey: newRecoveryKey.slice(1), mode: 'passphrase', passphrase },
    'wrong_recovery_key',
  );
  await call('vault.recover', { recoveryKey: newRecoveryKey, mode: 'passphrase', passphrase });
  await call('vault.status', {});
  await call('vault.lock', {});
  await call('vault.unlock', { passphrase });
}

/** Reads everything that the request log shows, repeats a request, and adds and ends faults. */
export async function readRequestLog({ call }: Calls): Promise<void> {
  const { items } = await call('requests.list', { limit: 1000 });
  const known = items.filter(({ hasDetails }) => hasDetails);
  for (const { sequence } of known) await call('requests.read', { sequence });
  await call('requests.exportHar', {});
  const token = known.find(({ path, status }) => path === '/token' && status === 200);
  assert.ok(token);
  await call('requests.repeat', { sequence: token.sequence });
  const tool = { tool: 'list_tokens', status: 200, durationMs: 1, sent: '{}', answered: '{}' };
  await call('requests.addToolCall', tool);
  const { id } = await call('faults.add', { kind: 'cut', application: 'Shop' });
  await call('faults.list', {});
  await call('faults.end', { fault: id });
  await call('faults.endAll', {});
  await call('requests.clear', {});
}
