import type { CompletedCommand, CompletedFlag } from './model.ts';

const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join(' ');

const isFree = ({ takes, choices }: CompletedFlag) => takes === 'text' && choices.length === 0;

/** What follows a flag that takes a value: nothing the shell could know, its choices, or folders. */
function values(flags: readonly CompletedFlag[]): string[] {
  const free = flags.filter(isFree).map(({ name }) => name);
  return [
    ...(free.length > 0 ? [`        ${free.join(' | ')}) ;;`] : []),
    ...flags
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `        ${name}) words='${choices.join(' ')}' ;;`),
    ...flags
      .filter(({ takes }) => takes === 'folder')
      .map(({ name }) => `        ${name}) local IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$current")); return ;;`),
  ];
}

const leaf = (path: string, { flags, words }: CompletedCommand): string =>
  [
    `    ${path})`,
    '      case $before in',
    ...values(flags),
    `        *) words='${[...words, ...flags.map(({ name }) => name)].join(' ')}' ;;`,
    '      esac ;;',
  ].join('\n');

function branches(command: CompletedCommand): string[] {
  if (command.commands.length === 0) return [leaf(`${command.name}/*`, command)];
  const own = `    ${command.name}/) words='${names(command.commands)}' ;;`;
  return [own, ...command.commands.map((method) => leaf(`${command.name}/${method.name}`, method))];
}

/** The script for bash, from 3.2 on. */
export const bashScript = (
  program: CompletedCommand,
): string => `# Completion of keyfob for bash: source <(keyfob completion bash)
_keyfob() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local word skip='' topic='' method='' words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      --home) skip=1 ;;
      -*) ;;
      *) if [[ -z $topic ]]; then topic=$word; elif [[ -z $method ]]; then method=$word; fi ;;
    esac
  done
  case $topic/$method in
${leaf('/', { ...program, words: program.commands.map(({ name }) => name) })}
${program.commands.flatMap(branches).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _keyfob keyfob
`;
