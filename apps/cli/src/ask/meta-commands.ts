/** What may be typed into `quaestor ask` beside questions: words after a colon. */
import { createSqlExecutor, databaseName, introspectApart } from '@quaestor/finsql';
import type { Terminal } from '../command.ts';
import { InputError } from '../errors.ts';
import { findDatabase } from '../find-database.ts';
import { printableText } from '../printable.ts';
import { table, tableOptions } from '../table.ts';
import type { Conversation } from './conversation.ts';
import { printWhy } from './print-why.ts';

export interface MetaContext {
  readonly conversation: Conversation;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

interface MetaCommand {
  /** As typed, with what comes after it. */
  readonly usage: string;
  readonly summary: string;
  /** What is printed. */
  run(rest: string, context: MetaContext): Promise<string> | string;
}

const META_COMMANDS: Readonly<Record<string, MetaCommand>> = {
  sql: {
    usage: ':sql',
    summary: 'the statement of the last answer',
    run: (_rest, context) => `${printableText(answerOf(context).sql)}\n`,
  },
  why: {
    usage: ':why',
    summary: 'why it is that: tables, values, candidates, times',
    run: (_rest, context) => printWhy(answerOf(context)),
  },
  run: {
    usage: ':run SELECT …',
    summary: 'run a statement of your own',
    run: runStatement,
  },
  tables: {
    usage: ':tables',
    summary: 'tables and columns of the database',
    run: async (_rest, { conversation: { file }, terminal }) => {
      const { tables } = await introspectApart(file, databaseName(file));
      const rows = tables.map(({ name, rowCount, columns }) => [
        name,
        rowCount ?? null,
        columns.map((column) => column.name).join(', '),
      ]);
      return table(['table', 'rows', 'columns'], rows, tableOptions(terminal));
    },
  },
  db: {
    usage: ':db NAME',
    summary: 'ask another database',
    run: (rest, { conversation, terminal }) => {
      if (rest === '') throw new InputError('Which one? Type :db and its name or file.');
      conversation.turnTo(findDatabase(rest, terminal.cwd));
      return '';
    },
  },
  forget: {
    usage: ':forget',
    summary: 'begin anew: the next question has none before it',
    run: (_rest, { conversation }) => {
      conversation.forget();
      return '';
    },
  },
  help: { usage: ':help', summary: 'this list', run: () => help() },
  quit: { usage: ':quit', summary: 'leave; so does Ctrl-D', run: () => '' },
};

/** Every one, with its colon. */
export const metaWords: readonly string[] = Object.keys(META_COMMANDS).map((name) => `:${name}`);

/**
 * Does what a line with a colon says. @returns what to print
 * @throws InputError for an unknown word, naming all
 */
export async function runMeta(line: string, context: MetaContext): Promise<string> {
  const [, name = '', rest = ''] = /^:(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const command = Object.hasOwn(META_COMMANDS, name) ? META_COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new InputError(`There is no :${name}. There are ${metaWords.join(' ')}.`);
  }
  return command.run(rest.trim(), context);
}

/** The prompt: which database is asked. */
export function promptOf({ file }: Conversation): string {
  return `${printableText(databaseName(file))}> `;
}

async function runStatement(sql: string, context: MetaContext): Promise<string> {
  if (sql === '') throw new InputError('Which statement? Type :run and a SELECT.');
  const executor = createSqlExecutor({ workers: 1 });
  try {
    const { signal, conversation, terminal } = context;
    const { columns, rows, truncated } = await executor.execute(conversation.file, sql, {
      signal,
      maxRows: 100,
    });
    const more = truncated ? `… and more; the first ${rows.length} are shown\n` : '';
    return table(columns, rows, tableOptions(terminal)) + more;
  } finally {
    executor.close();
  }
}

function answerOf({ conversation }: MetaContext) {
  if (conversation.last === null) throw new InputError('Nothing was answered yet: ask first.');
  return conversation.last;
}

function help(): string {
  const commands = Object.values(META_COMMANDS);
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return [
    'A question in plain words, or:',
    ...commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
    'Ctrl-C stops an answer that is on its way; a second one leaves.',
    '',
  ].join('\n');
}
