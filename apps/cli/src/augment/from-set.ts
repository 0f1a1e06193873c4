import { resolve } from 'node:path';
import {
  augmentSet,
  examineSet,
  type HybridPart,
  readTextToSqlSet,
  type TextToSqlItem,
} from '@quaestor/finsql';
import { descriptionsOf } from '../described-source.ts';
import { InputError } from '../errors.ts';
import { table } from '../table.ts';
import { writeQuestionList } from './question-list.ts';

interface FromSet {
  readonly questions: string;
  readonly databases: string;
  readonly tables: string | undefined;
  readonly held: readonly TextToSqlItem[];
  readonly parts: readonly HybridPart[];
  readonly seed: number;
  readonly out: string;
}

/** Items named in a report at most. */
const SHOWN = 10;

/**
 * Leaves out what can't be learnt from a set, adds the parts and writes both.
 * @throws InputError when nothing is left of the set
 */
export async function augmentFromSet(options: FromSet, cwd: string, signal: AbortSignal) {
  const path = (file: string) => resolve(cwd, file);
  const set = readTextToSqlSet({
    questions: path(options.questions),
    databases: path(options.databases),
    describe: descriptionsOf,
    ...(options.tables === undefined ? {} : { tables: path(options.tables) }),
  });
  const { items, failing, repeated, leaking } = examineSet(set, options.held);
  if (items.length === 0) {
    throw new InputError(
      `${options.questions}: expected questions to learn from, got ${set.items.length === 0 ? 'an empty list' : `none of ${set.items.length} that can be used: ${failing.length} fail, ${repeated.length} repeat, ${leaking.length} are held out`}.`,
    );
  }
  const { parts, seed } = options;
  const made = await augmentSet({ ...set, items }, { parts, seed, signal });
  writeQuestionList(
    path(options.out),
    [...items, ...made.items].map(({ db, sql, ...item }) => ({ ...item, db_id: db, query: sql })),
  );
  const report = {
    kept: items.length,
    failing: failing.map(({ item, reason }) => ({ question: item.question, db: item.db, reason })),
    repeated: repeated.map(({ question, db }) => ({ question, db })),
    leaking: leaking.map(({ question, db }) => ({ question, db })),
    parts: made.report,
  };
  const rows = Object.entries(made.report).map(([part, { added, rejected }]) => [
    part,
    added,
    Object.entries(rejected)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', '),
  ]);
  const text = [
    `${items.length + made.items.length} items in ${options.out}: ${items.length} of ${set.items.length} questions, and\n\n`,
    `${table(['part', 'added', 'rejected'], rows)}\n`,
    ...listed('whose SQL does not run', report.failing),
    ...listed('asked before', report.repeated),
    ...listed('held out', report.leaking),
  ].join('');
  return { report, text };
}

function listed(
  what: string,
  items: readonly { readonly question: string; readonly db: string; readonly reason?: string }[],
): string[] {
  if (items.length === 0) return [];
  const lines = items
    .slice(0, SHOWN)
    .map(
      ({ question, db, reason }) =>
        `  ${db}: ${question}${reason === undefined ? '' : ` (${reason})`}\n`,
    );
  const more = items.length - SHOWN;
  return [
    `\nleft out, ${what}: ${items.length}\n`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more\n`] : []),
  ];
}
