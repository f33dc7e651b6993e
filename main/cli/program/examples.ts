import type { MethodName } from '../../../preload/contract/index.ts';
import { kebab } from '../text/kebab.ts';
import type { Field } from './fields.ts';

/** What a field holds in the examples of the help. */
const samples: Readonly<Record<string, string>> = {
  application: 'Shop',
  name: 'read',
  username: 'tester',
  user: 'tester',
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
  'applications.restore': ['--application Shop'],
  'applications.update': ['--application Shop --name Store'],
  'keys.generate': [
    '--application Shop --key-type PRODUCTION',
    '--application Shop --key-type SANDBOX --validity-seconds -1 --scope "read write"',
  ],
  'keys.update': ['--application Shop --key-type PRODUCTION --issue-behaviour renew'],
  'tokens.issue': [
    '--application Shop --key-type PRODUCTION',
    '--application Shop --key-type PRODUCTION --user tester --scope "read write"',
  ],
  'tokens.list': ['--application Shop --state ACTIVE', '--text "shop ipad" --validity expiring'],
  'tokens.count': ['--user tester --validity valid'],
  'tokens.readMany': ['--ids 17 --ids 18'],
  'tokens.revealMany': ['--ids 17 --ids 18'],
  'tokens.revokeMany': ['--ids 17 --ids 18'],
  'tokens.export': ['--application Shop', '--text ipad --limit 1000'],
  'tokens.revokeAll': ['--user tester', '--application Shop --device ipad'],
  'tokens.purgeable': ['--older-than-days 30'],
  'tokens.purge': ['--older-than-days 30', '--older-than-days 0 --application Shop'],
  'tokens.setEnd': ['--token 17 --in-seconds 10'],
  'devices.mint': ['--application Shop --key-type PRODUCTION --user tester --device ipad --device iphone'],
  'users.create': ['--user tester', '--user tester --roles admin --password-stdin < password.txt'],
  'users.setPassword': ['--user tester', '--user tester --password-stdin < password.txt'],
  'scopes.update': ['--name read --roles admin --roles tester', "--name read --roles ''"],
  'snippets.render': [
    '--application Shop --key-type PRODUCTION --user tester --device ipad --secrets real',
    '--application Shop --key-type PRODUCTION --call api --url https://localhost:9443/items --shell powershell',
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
    '--file everything.age --on-conflict theirs --mine application:Shop --mine setting:port',
  ],
  'settings.write': [
    '--clock-offset-seconds 3601',
    '--http-port 8280',
    '--http-port none --no-revoke-headers',
    '--token-persistence hashed',
  ],
};

/** Commands that work as they stand, for the help of a method. */
export function examplesOf(topic: string, name: string, fields: readonly Field[]): string[] {
  const required = fields
    .filter(({ required, secret }) => required && secret !== 'new')
    .map((field) => `--${field.flag} ${samples[field.name] ?? field.choices[0] ?? '1'}`);
  const flags = Object.entries(written).find(([method]) => method === `${topic}.${name}`)?.[1] ?? [required.join(' ')];
  return flags.map((text) => `keyfob ${topic} ${kebab(name)} ${text}`.trimEnd());
}
