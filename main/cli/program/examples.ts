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

/**
 * Commands for the help of a method: with `written` flags, else with sample values for its required fields. The value of the
 * `positional` field comes first, without its flag.
 */
export function examplesOf(
  command: string,
  fields: readonly Field[],
  {
    written,
    positional,
  }: { readonly written?: readonly string[] | undefined; readonly positional?: string | undefined },
): string[] {
  const sample = ({ name, choices }: Field) => samples[name] ?? choices[0] ?? '1';
  const required = fields.filter(({ required, secret, name }) => required && (secret !== 'new' || name === positional));
  const words = [
    ...required.filter(({ name }) => name === positional).map(sample),
    ...required.filter(({ name }) => name !== positional).map((field) => `--${field.flag} ${sample(field)}`),
  ];
  return (written ?? [words.join(' ')]).map((flags) => `keyfob ${command} ${flags}`.trimEnd());
}
