import type { Flag } from '../flags.ts';
import { type DescribedCommand, groupsOf, isDynamic, typedFlag } from './described-command.ts';

/** The script for fish 3. */
export function fishScript(commands: readonly DescribedCommand[]): string {
  return `# fish completion of quaestor. Load it with: quaestor completion fish | source

# Names that quaestor knows now, one a line.
function __quaestor_names
    set -l words (commandline -opc)
    command $words[1] __complete $argv 2>/dev/null
end

# The words so far, without program and help.
function __quaestor_words
    set -l words (commandline -opc)
    set -e words[1]
    test "$words[1]" = help; and set -e words[1]
    string join -- \\n $words
end

# Whether just these words were typed.
function __quaestor_after
    set -l words (__quaestor_words)
    test "$words" = "$argv"
end

# Whether these words were typed first.
function __quaestor_in
    set -l words (__quaestor_words)
    set -l wanted (count $argv)
    test (count $words) -ge $wanted; and test "$words[1..$wanted]" = "$argv"
end

complete -c quaestor -f
${[...groupsOf(commands)]
  .flatMap(([name, words]) =>
    words.map(
      ([word, summary]) =>
        `complete -c quaestor -n '${`__quaestor_after ${name}`.trim()}' -a ${word} -d ${shellWord(summary)}`,
    ),
  )
  .join('\n')}
${commands.flatMap(commandLines).join('\n')}
`;
}

function commandLines({ name, places, flags }: DescribedCommand): string[] {
  const start = `complete -c quaestor -n '__quaestor_in ${name}'`;
  return [
    ...places
      .map(offer)
      .filter((offered) => offered !== '-x')
      .map((offered) => `${start} ${offered.replace(/^-[xr] ?/, '')}`),
    ...flags.map((flag) => {
      const value = flag.kind === 'boolean' ? '' : ` ${offer(flag)}`;
      return `${start} -l ${typedFlag(flag)}${value} -d ${shellWord(flag.description)}`;
    }),
  ];
}

function offer(flag: Flag): string {
  if (flag.choices.length > 0) return `-x -a ${shellWord(flag.choices.join(' '))}`;
  // A database or a model may also be a file.
  if (flag.completes === 'adapters') return "-x -a '(__quaestor_names adapters)'";
  if (isDynamic(flag)) return `-r -F -a '(__quaestor_names ${flag.completes})'`;
  return flag.completes === 'files' ? '-r -F' : '-x';
}

function shellWord(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
