import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { type ErrorCode, KeyfobError } from '../../../preload/contract/errors.ts';
import { systemError } from '../../system/errors.ts';
import { logError } from '../../system/logError.ts';
import { visible } from '../../system/visible.ts';
import { kebab } from '../text/kebab.ts';

const hints: { readonly [C in ErrorCode]?: string } = {
  vault_locked: ' (`keyfob vault unlock` unlocks it.)',
  vault_none: ' (`keyfob vault create` creates it.)',
};

/** The command that lists existing names, by the field with the unknown name. */
const listOf: Readonly<Record<string, string>> = {
  application: 'applications list',
  user: 'users list',
  username: 'users list',
  owner: 'users list',
  name: 'scopes list',
  api: 'apis list',
  apis: 'apis list',
  subscription: 'subscriptions list',
  tier: 'tiers list',
  token: 'tokens list',
  device: 'tokens list --device-tokens',
  keyType: 'keys list',
};

function hintOf({ code, details }: KeyfobError): string {
  const list = code === 'not_found' ? listOf[details.fields?.[0]?.path ?? ''] : undefined;
  return list === undefined ? (hints[code] ?? '') : ` (\`keyfob ${list}\` shows all.)`;
}

/** Commander's errors as sentences. A value after an equals sign or without a flag may be a secret, so it is not repeated. */
const sentences: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^error: unknown option '(-[^'=]*).*?'(?:\n\(Did you mean (?:one of )?(.*)\?\))?$/s,
    (flag, near) => `Unknown option ${flag}.${suggestion(near)}`,
  ],
  [
    /^error: unknown command '(.*?)'(?:\n\(Did you mean (?:one of )?(.*)\?\))?$/s,
    (word, near) => `Unknown command "${word}".${suggestion(near, '"')}`,
  ],
  [/^error: option '(?:-\w, )?(--[\w-]+).*' argument missing$/, (flag) => `${flag} needs a value.`],
  [
    /^error: option '(?:-\w, )?(--[\w-]+).*?' argument '(.*)' is invalid\. (.*)$/s,
    (flag, value, why) => `"${value}" is not valid for ${flag}. ${why}`,
  ],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    (value, name, why) => `"${value}" is not valid for <${name}>. ${why}`,
  ],
  [/^error: missing required argument '(.*)'$/, (name) => `<${name}> is missing.`],
  [/^error: too many arguments/, () => 'Too many words for this command; each value needs its flag.'],
  [
    /^error: option '(--[\w-]+).*' cannot be used with option '(--[\w-]+).*'$/,
    (one, other) => `${one} cannot be used with ${other}.`,
  ],
];

/** Suggestions in the spelling of the help. Several spellings of one name appear once. */
function suggestion(near: string | undefined, quote = ''): string {
  const names = new Set(
    (near ?? '')
      .split(', ')
      .filter(Boolean)
      .map((name) => `${quote}${kebab(name)}${quote}`),
  );
  return names.size === 0 ? '' : ` Did you mean ${[...names].join(' or ')}?`;
}

function usage({ message }: CommanderError, command: string): KeyfobError {
  const [sentence = message] = sentences.flatMap(([pattern, write]) => {
    const found = pattern.exec(message);
    return found === null ? [] : [write(...found.slice(1))];
  });
  return new KeyfobError('bad_input', `${sentence} Run \`${command} --help\` for usage.`);
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function asKeyfobError(error: unknown, command: string): KeyfobError {
  if (error instanceof KeyfobError) return error;
  if (error instanceof CommanderError) return usage(error, command);
  if (isSystemError(error)) {
    const failure = systemError(error);
    if (failure instanceof KeyfobError) return failure;
    return new KeyfobError('internal', `The system refused: ${error.message}.`);
  }
  logError(error);
  return new KeyfobError('internal', 'Unexpected error in Keyfob; please report it.');
}

/**
 * Prints an error on stderr. Returns the exit code: 1 the call failed, 2 the command line is wrong. A usage error names the help
 * of `command`.
 */
export function reportError(error: unknown, json: boolean, command = 'keyfob'): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const known = asKeyfobError(error, command);
  const { code, message, details } = known;
  const hint = message.includes('`') ? '' : hintOf(known);
  const text = json
    ? JSON.stringify({ error: { code, message, details } })
    : styleText('red', visible(`${message}${hint}`), { stream: process.stderr });
  process.stderr.write(`${text}\n`);
  return code === 'bad_input' ? 2 : 1;
}

/** The first line of a result: a mark and one sentence. */
export const success = (text: string): string => `${styleText('green', '✓')} ${visible(text)}`;

/** Prints a note for people on stderr, next to the result on stdout. */
export const note = (text: string): void => {
  process.stderr.write(`${styleText('dim', visible(text), { stream: process.stderr })}\n`);
};
