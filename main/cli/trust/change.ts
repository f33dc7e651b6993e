import { spawnSync } from 'node:child_process';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
import { note } from '../output/report.ts';
import { cleanEnvironment, type Step, type Store } from './stores.ts';

/** A store after the change. */
export interface Changed {
  readonly store: string;
  readonly state: 'added' | 'present' | 'removed' | 'absent';
}

/** The command of a step, with sudo if only root may run it. */
function commandOf({ argv, root }: Step, sudo: string | undefined): readonly string[] {
  return root && process.getuid?.() !== 0 && sudo !== undefined ? [sudo, ...argv] : argv;
}

function announce(steps: readonly Step[], sudo: string | undefined): void {
  const lines = steps.map((step) => `  ${commandOf(step, sudo).map(posix).join(' ')}`);
  process.stderr.write(`This runs:\n${lines.join('\n')}\n`);
}

/** Throws `conflict` before the first step if a step needs root and there is no sudo. */
function demandRoot(steps: readonly Step[], sudo: string | undefined): void {
  if (process.getuid === undefined || process.getuid() === 0 || sudo !== undefined) return;
  const needed = steps.filter(({ root }) => root);
  if (needed.length === 0) return;
  const commands = needed.map(({ argv }) => argv.map(posix).join(' ')).join(' && ');
  throw new KeyfobError(
    'conflict',
    `The system store needs root, and sudo is missing. Nothing was changed. As root, run: ${commands} (For a browser only, add --for firefox or --for chrome.)`,
  );
}

/** Runs steps until one fails. Returns the command that failed. */
function run(steps: readonly Step[], sudo: string | undefined): readonly string[] | undefined {
  for (const step of steps) {
    const command = commandOf(step, sudo);
    const [program = '', ...args] = command;
    // The output of these programs is no result, so it goes to stderr.
    const { status } = spawnSync(program, args, { stdio: ['inherit', 2, 2], env: cleanEnvironment() });
    if (status !== 0) return command;
  }
  return undefined;
}

const failed = (command: readonly string[], rest: string): KeyfobError =>
  new KeyfobError('conflict', `This command failed: ${command.map(posix).join(' ')}. ${rest}`);

/** Adds the certificate authority to all these stores or to none: a failure removes it from the earlier ones. */
export function addTo(stores: readonly Store[], sudo: string | undefined): readonly Changed[] {
  const wanting = stores.filter((store) => !store.holds());
  const steps = wanting.flatMap(({ add }) => add);
  demandRoot(steps, sudo);
  if (steps.length > 0) announce(steps, sudo);
  for (const [at, store] of wanting.entries()) {
    const failure = run(store.add, sudo);
    if (failure === undefined) continue;
    const undone = wanting.slice(0, at + 1).filter((one) => one.holds());
    for (const one of undone.reverse()) {
      note(`Undoing: ${one.name}`);
      run(one.remove, sudo);
    }
    const left = undone.filter((one) => one.holds()).map(({ name }) => name);
    throw failed(failure, left.length === 0 ? 'Nothing was changed.' : `It is still in: ${left.join(', ')}.`);
  }
  return stores.map((store) => ({ store: store.name, state: wanting.includes(store) ? 'added' : 'present' }));
}

/** Removes the certificate authority from all these stores. Throws `conflict` after the last one if a command failed. */
export function removeFrom(stores: readonly Store[], sudo: string | undefined): readonly Changed[] {
  const holding = stores.filter((store) => store.holds());
  const steps = holding.flatMap(({ remove }) => remove);
  demandRoot(steps, sudo);
  if (steps.length > 0) announce(steps, sudo);
  const failures = holding.flatMap((store) => {
    const failure = run(store.remove, sudo);
    return failure === undefined ? [] : [failure];
  });
  const [failure] = failures;
  if (failure !== undefined) {
    const left = holding.filter((store) => store.holds()).map(({ name }) => name);
    throw failed(
      failure,
      left.length === 0 ? 'The certificate authority was removed nevertheless.' : `It is still in: ${left.join(', ')}.`,
    );
  }
  return stores.map((store) => ({ store: store.name, state: holding.includes(store) ? 'removed' : 'absent' }));
}
