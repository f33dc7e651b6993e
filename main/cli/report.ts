import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { type ErrorCode, KeyfobError } from '../../preload/contract/errors.ts';
import { systemFailure } from '../system/failure.ts';
import { reportFault } from './reportFault.ts';
import { visible } from './values.ts';

const hints: { readonly [C in ErrorCode]?: string } = {
  vault_locked: ' `keyfob vault unlock` does.',
  vault_none: ' `keyfob vault create` does.',
};

/** Commander's words as one sentence with what to do. */
function usage(error: CommanderError): KeyfobError {
  const missing = /^error: required option '(--\S+) .*' not specified$/.exec(error.message)?.[1];
  const fault =
    missing !== undefined
      ? `${missing} is missing;`
      : error.message
          .replace(/^error: (.)/, (_all, first: string) => first.toUpperCase())
          .replace(/ is invalid\. (.)/, (_all, first: string) => ` is invalid: ${first.toLowerCase()}`)
          // What is behind an equals sign may be a secret under a mistyped name.
          .replace(/'(--[^'=]+)=[^']*'/, "'$1'")
          .replace(/\n?\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
          .replace(/\.?$/, (end) => (error.message.endsWith('?)') ? end : ';'));
  return new KeyfobError('bad_input', `${fault} \`--help\` behind the command says what it takes.`);
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function asKeyfobError(error: unknown): KeyfobError {
  if (error instanceof KeyfobError) return error;
  if (error instanceof CommanderError) return usage(error);
  if (isSystemError(error)) {
    const failure = systemFailure(error);
    if (failure instanceof KeyfobError) return failure;
    return new KeyfobError('internal', `The system refused what was asked: ${error.message}.`);
  }
  reportFault(error);
  return new KeyfobError('internal', 'Keyfob failed in a way it did not foresee; please report it.');
}

/** Says on stderr what went wrong, and gives the exit code: 1 the call failed, 2 the command line is wrong. */
export function reportError(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2;
  }
  const { code, message, details } = asKeyfobError(error);
  const hint = message.includes('`') ? '' : (hints[code] ?? '');
  const text = json
    ? JSON.stringify({ error: { code, message, details } })
    : styleText('red', visible(`${message}${hint}`), { stream: process.stderr });
  process.stderr.write(`${text}\n`);
  return code === 'bad_input' ? 2 : 1;
}

/** Says something beside the result, to people only. */
export const note = (text: string): void => {
  process.stderr.write(`${styleText('dim', visible(text), { stream: process.stderr })}\n`);
};
