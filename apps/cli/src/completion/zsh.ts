import type { Flag } from '../flags.ts';
import { type DescribedCommand, groupsOf, isDynamic, typedFlag } from './described-command.ts';

/** The script for zsh 5; works loaded by `eval` and as a file `_quaestor` in a folder of fpath. */
export function zshScript(commands: readonly DescribedCommand[]): string {
  return `#compdef quaestor
# zsh completion of quaestor. Load it after compinit with: eval "$(quaestor completion zsh)"

# Names that quaestor knows now, one a line.
_quaestor_names() {
  # The kind comes last: _arguments puts options of compadd before it.
  local -a names=("\${(@f)$($_quaestor_program __complete $@[-1] 2>/dev/null)}")
  compadd "\${(@)@[1,-2]}" -a names
}

# Words of a group, then what comes after the one that is there: PREFIX then WORD:SUMMARY …
_quaestor_group() {
  local prefix=$1 curcontext=$curcontext context state state_descr line; shift
  local -a entries=("$@")
  typeset -A opt_args
  _arguments -C ':command:->command' '*::word:->rest'
  case $state in
    command) _describe -t commands command entries ;;
    rest) (( $+functions[\${prefix}_\${words[1]}] )) && \${prefix}_\${words[1]} ;;
  esac
}

_quaestor() {
  local _quaestor_program=\${(Q)words[1]}
  _quaestor_group _quaestor_ ${entries(groupsOf(commands).get('') ?? [])}
}
${[...groupsOf(commands)]
  .filter(([name]) => name !== '')
  .map(([name, words]) => group(name, words))
  .join('')}${commands.map(commandFunction).join('')}
if [[ $funcstack[1] == _quaestor ]]; then _quaestor "$@"; else compdef _quaestor quaestor; fi
`;
}

function group(name: string, words: readonly (readonly [string, string])[]): string {
  return `
_quaestor__${name}() {
  _quaestor_group _quaestor__${name}_ ${entries(words)}
}
`;
}

function entries(words: readonly (readonly [string, string])[]): string {
  return words
    .map(([word, summary]) => shellWord(`${word}:${summary.replaceAll(':', '\\:')}`))
    .join(' \\\n    ');
}

function commandFunction({ name, places, flags }: DescribedCommand): string {
  const specs = [...flags.map(flagSpec), ...places.map(placeSpec)].map(shellWord);
  return `
_quaestor__${name.replace(' ', '__')}() {
  _arguments \\
    ${specs.join(' \\\n    ')}
}
`;
}

function flagSpec(flag: Flag): string {
  const shown = flag.description.replaceAll(/[[\]\\]/g, '\\$&');
  const many = flag.many ? '*' : '';
  const option = `${many}--${typedFlag(flag)}[${shown}]`;
  return flag.kind === 'boolean' ? option : `${option}:${flag.name}:${action(flag)}`;
}

function placeSpec(flag: Flag): string {
  return `${flag.many ? '*' : ''}:${flag.name}:${action(flag)}`;
}

function action(flag: Flag): string {
  if (flag.choices.length > 0) return `(${flag.choices.join(' ')})`;
  if (isDynamic(flag)) return `_quaestor_names ${flag.completes}`;
  return flag.completes === 'files' ? '_files' : ' ';
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
