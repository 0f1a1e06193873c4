import type { Flag } from '../flags.ts';
import { type DescribedCommand, groupsOf, isDynamic, typedFlag } from './described-command.ts';

/** The script for bash 3.2 and newer; needs no bash-completion package. */
export function bashScript(commands: readonly DescribedCommand[]): string {
  const groups = groupsOf(commands);
  const inGroups = [...groups].filter(([name]) => name !== '');
  return `# bash completion of quaestor. Load it with: eval "$(quaestor completion bash)"

# Names that quaestor knows now, one a line; a name may hold spaces.
_quaestor_names() {
  local name quoted program=\${COMP_WORDS[0]/#\\~/$HOME}
  COMPREPLY=()
  # Taken as they are: compgen -W would run what stands in a name as $(…).
  while IFS= read -r name; do
    printf -v quoted %q "$name"
    if [[ $name == "$2"* || $quoted == "$2"* ]]; then COMPREPLY+=("$quoted"); fi
  done < <("$program" __complete "$1" 2>/dev/null)
}

_quaestor_none() {
  compopt +o default +o bashdefault 2>/dev/null
}

_quaestor() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} start=1
  local command='' words='' flags='' IFS=$' \\t\\n'
  COMPREPLY=()
  # --flag=value is three words of bash.
  if [[ $current == = ]]; then current=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  [[ \${COMP_WORDS[1]} == help ]] && start=2
  (( COMP_CWORD > start )) && command=\${COMP_WORDS[start]}
  case $command in
    ${inGroups.map(([name]) => name).join('|')})
      (( COMP_CWORD > start + 1 )) && command+=" \${COMP_WORDS[start+1]}" ;;
  esac
  case $command in
${[...groups].map(([name, words]) => `    '${name}') words='${words.map(([word]) => word).join(' ')}${name === '' ? ' help' : ''}' ;;`).join('\n')}
${commands.map(commandCase).join('\n')}
  esac
  [[ $current == -* || -z $words ]] && words=$flags
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -o bashdefault -o default -F _quaestor quaestor
`;
}

function commandCase({ name, places, flags }: DescribedCommand): string {
  const withValue = flags.filter(({ kind }) => kind !== 'boolean');
  const place = places.find(
    ({ choices, completes }) => choices.length > 0 || completes !== 'nothing',
  );
  return [
    `    '${name}')`,
    `      flags='${flags.map((flag) => `--${typedFlag(flag)}`).join(' ')}'`,
    ...(withValue.length === 0
      ? []
      : [
          '      case $before in',
          ...withValue.map((flag) => `        --${flag.name}) ${offer(flag)}; return ;;`),
          '      esac',
        ]),
    ...(place === undefined ? [] : [`      [[ $current == -* ]] || { ${offer(place)}; return; }`]),
    '      ;;',
  ].join('\n');
}

/** Fills COMPREPLY; left empty, bash offers files. */
function offer(flag: Flag): string {
  if (flag.choices.length > 0) {
    return `COMPREPLY=($(compgen -W '${flag.choices.join(' ')}' -- "$current"))`;
  }
  if (isDynamic(flag)) return `_quaestor_names ${flag.completes} "$current"`;
  return flag.completes === 'files' ? ':' : '_quaestor_none';
}
