import { toBase64 } from '../../../preload/contract/base64.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { SecretsMode } from '../../../preload/contract/snippets.ts';
import type { ExportSet } from '../../engine/ports/export.ts';
import { uniqueNames } from './names.ts';

/** The secrets of a set, as a mode shows them. A placeholder replaces a value that Keyfob does not have. */
export interface ShownSecrets {
  readonly consumerSecret: string;
  readonly password: string;
  /** Base64 of consumer key and secret, as in an Authorization header. */
  readonly basic: string;
  /** In the order of the devices. */
  readonly tokens: readonly string[];
}

const shown = (mode: SecretsMode, value: string | null, placeholder: string): string => {
  if (mode === 'env') return '';
  return mode === 'real' && value !== null ? value : placeholder;
};

/** The secrets of a set for files that keep variables: empty under `env`. */
export const secretsOf = ({ basic, user, devices }: ExportSet, mode: SecretsMode): ShownSecrets => ({
  consumerSecret: shown(mode, basic.consumerSecret, 'YOUR_CONSUMER_SECRET'),
  password: shown(mode, user?.password ?? null, 'YOUR_PASSWORD'),
  basic: shown(mode, toBase64(`${basic.consumerKey}:${basic.consumerSecret}`), 'BASE64_OF_KEY_COLON_SECRET'),
  tokens: devices.map(({ token }) => shown(mode, token, 'YOUR_ACCESS_TOKEN')),
});

/** A first line that warns of secrets, for files with comments by `#`. */
export const markOf = (mode: SecretsMode): string =>
  mode === 'real' ? '# Live credentials. Keep this file to yourself, and out of version control.\n' : '';

/** The variable of each device's token: `accessToken_ipad`, or `KEYFOB_ACCESS_TOKEN_IPAD` in environments. */
export const tokenVariables = ({ devices }: ExportSet, style: 'camel' | 'upper'): readonly string[] =>
  uniqueNames(
    devices.map(({ name }) => name),
    style === 'camel' ? 'accessToken_' : 'KEYFOB_ACCESS_TOKEN_',
    style === 'upper',
  );

/** Throws `bad_input` for a value that an API client reads as a template: none has a way to escape it. */
export const withoutTemplates = (values: Readonly<Record<string, string>>, client: string): void => {
  const found = Object.entries(values).find(([, value]) => /\{[{%#]/.test(value));
  if (found === undefined) return;
  const [name] = found;
  throw new KeyfobError(
    'bad_input',
    `${client} reads {{ in a value as a variable, and the ${name} has such braces. Leave the secrets out, or choose another format.`,
  );
};
