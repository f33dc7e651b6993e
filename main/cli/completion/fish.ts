import type { CompletedCommand, CompletedFlag } from './model.ts';

const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

function flag(condition: string, { name, description, takes, choices }: CompletedFlag): string {
  const values =
    takes === 'folder'
      ? " -a '(__fish_complete_directories)'"
      : choices.length > 0
        ? ` -a ${quote(choices.join(' '))}`
        : '';
  return `complete -c keyfob${condition} -l ${name.slice(2)}${takes === 'nothing' ? '' : ' -x'}${values} -d ${quote(description)}`;
}

const at = (...path: readonly string[]) => ` -n ${quote(`__keyfob_at ${path.map(quote).join(' ')}`)}`;

const words = (condition: string, all: readonly { readonly name: string; readonly summary: string }[]) =>
  all.map(({ name, summary }) => `complete -c keyfob${condition} -a ${name} -d ${quote(summary)}`);

const flagsAt = (condition: string, { flags }: CompletedCommand) => flags.map((one) => flag(condition, one));

function branch(command: CompletedCommand): string[] {
  const { name, commands } = command;
  if (commands.length === 0) {
    const choices = command.words.map((word) => ({ name: word, summary: '' }));
    return [...words(at(name, ''), choices), ...flagsAt(at(name), command)];
  }
  return [...words(at(name, ''), commands), ...commands.flatMap((method) => flagsAt(at(name, method.name), method))];
}

/** The script for fish, from 3.1 on. */
export const fishScript = (program: CompletedCommand): string => `# Completion of keyfob for fish
function __keyfob_at --description 'Whether the words before the cursor are this topic, and this method if one is given'
    set -l found
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --home
                set skip 1
            case '-*'
            case '*'
                set -a found $word
        end
    end
    set -a found '' ''
    test "$found[1]" = "$argv[1]"; and begin
        test (count $argv) -lt 2; or test "$found[2]" = "$argv[2]"
    end
end
complete -c keyfob -f
${[...words(at('', ''), program.commands), ...flagsAt(at('', ''), program), ...program.commands.flatMap(branch)].join('\n')}
`;
