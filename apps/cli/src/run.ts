import { reasonOf, stateFolder, whyNoStateFolder } from '@quaestor/peft';
import type { CommandEntry, Terminal } from './command.ts';
import { commands } from './commands/index.ts';
import { codeOf, EXIT, exitCodeOf, InputError, UsageError } from './errors.ts';
import { overview } from './overview.ts';
import type { PageOptions } from './page.ts';
import { printableText } from './printable.ts';
import { tellsRecords } from './progress.ts';
import { type PLAIN, styleOf } from './style.ts';
import { suggest } from './suggest.ts';

/**
 * The whole command line as a function: words in, exit code out. Results go to `stdout`, everything
 * else to `stderr`; nothing of the process itself is touched.
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    const code = exitCodeOf(error, terminal.signal);
    if (tellsRecords(terminal) && error instanceof Error) {
      const { en: message, zh } = reasonOf(error);
      const record = {
        type: 'error',
        code: codeOf(error) ?? 'failed',
        message,
        // For servers whose readers want it.
        ...(zh === message ? {} : { chinese: zh }),
      };
      terminal.stderr.write(`${JSON.stringify(record)}\n`);
    } else {
      const { red } = styleOf(terminal.stderr, terminal.env);
      const text = printableText(describe(error, code, terminal));
      // The name alone: a whole red paragraph is hard to read.
      terminal.stderr.write(`${text.replaceAll(/^quaestor:/gm, red('quaestor:'))}\n`);
    }
    return code;
  }
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const asksHelp = words.includes('--help') || words.includes('-h') || words[0] === 'help';
  const [first, ...others] = words.filter((word) => !['--help', '-h', 'help'].includes(word));
  if (first === undefined) {
    const stream = terminal[asksHelp ? 'stdout' : 'stderr'];
    stream.write(overview(commands, pageOptions(stream, terminal)));
    return asksHelp ? EXIT.ok : EXIT.usage;
  }
  const group = asksHelp ? commandsOf(first) : [];
  if (group.length > 0 && others.length === 0) {
    terminal.stdout.write(overview(group, pageOptions(terminal.stdout, terminal)));
    return EXIT.ok;
  }
  const entry = findCommand(first, others);
  const command = await entry.load();
  if (asksHelp) {
    const { commandHelp } = await import('./help.ts');
    terminal.stdout.write(commandHelp(entry, command, pageOptions(terminal.stdout, terminal)));
    return EXIT.ok;
  }
  const { parseFlags } = await import('./flags.ts');
  expectStateFolder();
  const rest = words.slice(entry.name.split(' ').length);
  return command.run(parseFlags(entry.name, command, rest, terminal.cwd), terminal);
}

function expectStateFolder(): void {
  const why = whyNoStateFolder();
  if (why === null) return;
  const home = stateFolder();
  throw new InputError({
    en: `The state folder ${home} cannot be made: ${why.en}. Choose another with QUAESTOR_HOME.`,
    zh: `状态文件夹 ${home} 无法创建：${why.zh}。请用 QUAESTOR_HOME 指定另一个文件夹。`,
  });
}

/** The commands below a word: `hub` → `hub list`, … */
function commandsOf(word: string): readonly CommandEntry[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `));
}

/** The command that the first one or two words name. @throws UsageError with a suggestion */
function findCommand(first: string, others: readonly string[]): CommandEntry {
  const two = `${first} ${others[0] ?? ''}`;
  const found = commands.find(({ name }) => name === first || name === two);
  if (found !== undefined) return found;
  const group = commandsOf(first);
  if (group.length > 0) {
    const names = group.map(({ name }) => name.slice(first.length + 1));
    throw new UsageError([`"${first}" needs one of: ${names.join(', ')}`], first);
  }
  const known = commands.flatMap(({ name }) => [name, name.split(' ')[0] as string]);
  const near = suggest(two.trim(), known) ?? suggest(first, known);
  throw new UsageError([
    `unknown command "${first}"${near === null ? '' : `; did you mean "${near}"?`}`,
  ]);
}

function pageOptions(
  stream: Terminal['stdout'],
  { env }: Terminal,
): PageOptions & { readonly style: typeof PLAIN } {
  return { width: stream.isTTY === true ? stream.columns : undefined, style: styleOf(stream, env) };
}

function describe(error: unknown, code: number, { env }: Terminal): string {
  if (code === EXIT.interrupted) {
    const what = codeOf(error) === 'aborted' ? (error as Error).message : 'stopped';
    return `quaestor: ${what.replace(/\.$/, '')}; nothing was left half-written.`;
  }
  if (!(error instanceof Error)) return `quaestor: ${String(error)}`;
  if (error instanceof UsageError) {
    const page = ['quaestor', 'help', error.command].join(' ').trim();
    return `${error.message.replace(/^/gm, 'quaestor: ')}\nSee: ${page}`;
  }
  const foreseen = code !== EXIT.failed || codeOf(error) !== null;
  if (foreseen && env.QUAESTOR_DEBUG === undefined) return `quaestor: ${error.message}`;
  return `quaestor: ${error.stack ?? error.message}`;
}
