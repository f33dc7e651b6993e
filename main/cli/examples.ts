import type { MethodName } from '../../preload/contract/index.ts';
import type { Field } from './fields.ts';

/** What a field holds in the examples of the help. */
const samples: Readonly<Record<string, string>> = {
  application: 'Shop',
  name: 'read',
  username: 'tester',
  user: 'tester',
  password: 's3cret',
  roles: 'admin',
  device: 'ipad',
  token: '17',
  id: '1',
  mode: 'keychain',
  lastGroup: 'ABCD',
  keyType: 'PRODUCTION',
};

/** Examples that show more than what is required. */
const written: { readonly [N in MethodName]?: readonly string[] } = {
  'applications.create': ['--name Shop', '--name Shop --owner admin --json'],
  'applications.update': ['--application Shop --name Store'],
  'keys.generate': [
    '--application Shop --keyType PRODUCTION',
    '--application Shop --keyType SANDBOX --validitySeconds -1 --scope "read write"',
  ],
  'keys.update': ['--application Shop --keyType PRODUCTION --issueBehaviour renew'],
  'tokens.issue': [
    '--application Shop --keyType PRODUCTION',
    '--application Shop --keyType PRODUCTION --username tester --scope "read write"',
  ],
  'tokens.list': ['--application Shop --state ACTIVE', '--text "shop ipad" --validity expiring'],
  'tokens.count': ['--user tester --validity valid'],
  'tokens.readMany': ['--ids 17 --ids 18'],
  'tokens.revealMany': ['--ids 17 --ids 18'],
  'tokens.revokeMany': ['--ids 17 --ids 18'],
  'tokens.export': ['--application Shop', '--text ipad --limit 1000'],
  'tokens.revokeAll': ['--user tester', '--application Shop --device ipad'],
  'tokens.purgeable': ['--olderThanDays 30'],
  'tokens.purge': ['--olderThanDays 30', '--olderThanDays 0 --application Shop'],
  'tokens.setEnd': ['--token 17 --inSeconds 10'],
  'devices.mint': ['--application Shop --keyType PRODUCTION --username tester --device ipad --device iphone'],
  'scopes.update': ['--name read --roles admin --roles tester', "--name read --roles ''"],
  'snippets.render': [
    '--application Shop --keyType PRODUCTION --username tester --device ipad --secrets real',
    '--application Shop --keyType PRODUCTION --call api --url https://localhost:9443/items --shell powershell',
  ],
  'backup.export': [
    '--file everything.age',
    '--file shop.age --applications Shop --tokens live',
    '--file everything.age --recipients age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  ],
  'backup.inspect': ['--file everything.age'],
  'backup.preview': ['--file everything.age'],
  'backup.import': [
    '--file everything.age',
    '--file everything.age --onConflict theirs --mine application:Shop --mine setting:port',
  ],
  'settings.write': [
    '--clockOffsetSeconds 3601',
    '--httpPort 8280',
    '--httpPort none --no-revokeHeaders',
    '--tokenPersistence hashed',
  ],
};

/** Commands that work as they stand, for the help of a method. */
export function examplesOf(topic: string, name: string, fields: readonly Field[]): string[] {
  const required = fields
    .filter((field) => field.required)
    .map((field) => `--${field.name} ${samples[field.name] ?? field.choices[0] ?? '1'}`);
  const flags = Object.entries(written).find(([method]) => method === `${topic}.${name}`)?.[1] ?? [required.join(' ')];
  return flags.map((text) => `keyfob ${topic} ${name} ${text}`.trimEnd());
}
