import type { Field } from './fields.ts';

/** Sample values for the examples in the help, by field. */
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

/** Commands for the help of a method: with `written` flags, else with sample values for its required flags. */
export function examplesOf(command: string, fields: readonly Field[], written?: readonly string[]): string[] {
  const required = fields
    .filter(({ required, secret }) => required && secret !== 'new')
    .map((field) => `--${field.flag} ${samples[field.name] ?? field.choices[0] ?? '1'}`);
  return (written ?? [required.join(' ')]).map((flags) => `keyfob ${command} ${flags}`.trimEnd());
}
