import type { CompletionShell } from '../program/actions.ts';

/*
 * Each script runs `keyfob complete "=<word at the cursor>" <words before it>…`. It reads lines of value, tab and
 * description, then a last line `:words`, `:files` or `:folders`. No script evaluates the typed words.
 */

/** bash 3.2 or newer. Does not need the bash-completion package. */
const bash = `# Completion of keyfob for bash: source <(keyfob completion bash)
_keyfob() {
  local current="\${COMP_WORDS[COMP_CWORD]}" kind='' action=f line value
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*) kind=\${line#:} ;;
      *)
        value=\${line%%$'\\t'*}
        case $current in
          [\\"\\']*) ;;
          *) printf -v value %q "$value" ;;
        esac
        COMPREPLY+=("$value")
        ;;
    esac
  done < <(keyfob complete "=$current" "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
  case $kind in
    files | folders)
      [[ $kind == folders ]] && action=d
      [[ $current == = ]] && current=''
      compopt -o filenames 2>/dev/null
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -$action -- "$current")
      ;;
  esac
}
complete -F _keyfob keyfob
`;

/** zsh: save it as `_keyfob` in a folder of fpath, or source it after compinit. */
const zsh = `#compdef keyfob
_keyfob() {
  local line kind value
  local -a found
  while IFS= read -r line; do
    case $line in
      :*) kind=\${line#:} ;;
      *)
        value=\${line%%$'\\t'*}
        found+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
        ;;
    esac
  done < <(keyfob complete "=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  case $kind in
    files) _files ;;
    folders) _files -/ ;;
    *) _describe keyfob found ;;
  esac
}
if [[ $funcstack[1] == _keyfob ]]; then
  _keyfob "$@"
else
  compdef _keyfob keyfob
fi
`;

/** fish 3.1 or newer. */
const fish = `# Completion of keyfob for fish
function __keyfob_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (keyfob complete "=$current" $words[2..-1] 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c keyfob -f -a '(__keyfob_complete)'
`;

/** PowerShell 5.1 or newer. */
const powershell = `# Completion of keyfob for PowerShell: keyfob completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName keyfob -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    foreach ($line in @(& keyfob complete "=$wordToComplete" @before 2>$null)) {
        if ($line.StartsWith(':')) {
            if ($line -ne ':words') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) }
            continue
        }
        $value, $about = $line -split "\`t", 2
        $text = if ($value -match '^[\\w@%+=:,./\\\\-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
        $tip = if ($about) { $about } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $tip)
    }
}
`;

/** The script that teaches a shell to complete keyfob's command lines. */
export const completionScripts: Readonly<Record<CompletionShell, string>> = { bash, zsh, fish, powershell };
