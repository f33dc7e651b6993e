import type { CompletedCommand, CompletedFlag } from './model.ts';

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** \`name:description\`, for _describe. */
const described = ({ name, summary }: CompletedCommand) => quote(`${name}:${summary}`);

/** A flag as _arguments takes it: \`--name[description]:what:action\`. */
function spec({ name, description, takes, choices, repeatable }: CompletedFlag): string {
  const told = description.replace(/[\\[\]]/g, '\\$&');
  const value = takes === 'nothing' ? '' : takes === 'folder' ? ':folder:_files -/' : `:value:(${choices.join(' ')})`;
  return quote(`${repeatable ? '*' : ''}${name}[${told}]${value}`);
}

const choose = (commands: readonly CompletedCommand[], indent: string) =>
  [`${indent}commands=(`, ...commands.map((command) => `${indent}  ${described(command)}`), `${indent})`].join('\n');

function leaf({ name, flags, words }: CompletedCommand, indent: string): string {
  const specs = [...flags.map(spec), ...(words.length > 0 ? [quote(`1:value:(${words.join(' ')})`)] : [])];
  const lines = specs.map((text) => `${indent}    ${text}`).join(' \\\n');
  return `${indent}${name})\n${indent}  _arguments \\\n${lines} ;;`;
}

function branch(command: CompletedCommand): string {
  if (command.commands.length === 0) return leaf(command, '    ');
  return `    ${command.name})
      if (( CURRENT == 2 )); then
${choose(command.commands, '        ')}
        _describe method commands
        return
      fi
      shift words
      (( CURRENT -= 1 ))
      case $words[1] in
${command.commands.map((method) => leaf(method, '        ')).join('\n')}
      esac ;;`;
}

/** The script for zsh: a file \`_keyfob\` in a folder of fpath, or to be sourced after compinit. */
export const zshScript = (program: CompletedCommand): string => `#compdef keyfob
_keyfob() {
  local -a commands
  while [[ $words[2] == -* ]] && (( CURRENT > 2 )); do
    if [[ $words[2] == --home ]]; then
      if (( CURRENT == 3 )); then
        _files -/
        return
      fi
      shift words
      (( CURRENT -= 1 ))
    fi
    shift words
    (( CURRENT -= 1 ))
  done
  if (( CURRENT == 2 )); then
${choose(program.commands, '    ')}
    _describe command commands
    _arguments ${program.flags.map(spec).join(' ')}
    return
  fi
  shift words
  (( CURRENT -= 1 ))
  case $words[1] in
${program.commands.map(branch).join('\n')}
  esac
}
if [[ $funcstack[1] == _keyfob ]]; then
  _keyfob "$@"
else
  compdef _keyfob keyfob
fi
`;
