import type { Command, Option } from 'commander';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { CompletedCommand, CompletedFlag, CompletionShell } from './model.ts';
import { zshScript } from './zsh.ts';

const flagOf = (option: Option): CompletedFlag => ({
  name: option.long ?? '',
  description: option.description,
  takes: !option.required ? 'nothing' : option.flags.includes('<folder>') ? 'folder' : 'text',
  choices: option.argChoices ?? [],
  repeatable: option.variadic,
});

const commandOf = (command: Command): CompletedCommand => ({
  name: command.name(),
  summary: command.description(),
  commands: command.commands.map(commandOf),
  flags: command.options.filter(({ hidden }) => !hidden).map(flagOf),
  words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
});

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** A script that completes `program` in a shell: static, so that completing starts no process. */
export const completionScript = (shell: CompletionShell, program: Command): string =>
  scripts[shell](commandOf(program));
