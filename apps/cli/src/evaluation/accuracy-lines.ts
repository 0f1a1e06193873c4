/** Execution accuracy as people read it: by database, by what is wrong, and in all. */
import type { AccuracyReport } from '@quaestor/finsql';
import type { Terminal } from '../command.ts';
import { table, tableOptions } from '../table.ts';

/** @param who wrote the statements */
export function accuracyLines(who: string, figures: AccuracyReport, terminal: Terminal): string[] {
  const rows = figures.databases.map(({ db, scored, correct, accuracy }) => [
    db,
    scored,
    correct,
    accuracy.toFixed(1),
  ]);
  const wrong = figures.scored - figures.correct;
  const errors = figures.errors
    .filter(({ any }) => any > 0)
    .map(({ name, first, any }) => [name, first, ((100 * first) / wrong).toFixed(1), any]);
  return [
    table(['database', 'questions', 'correct', 'accuracy'], rows, tableOptions(terminal)),
    '\n',
    ...(errors.length === 0 ? [] : [table(['wrong in', 'first', '%', 'in all'], errors), '\n']),
    `${who}: execution accuracy ${figures.accuracy.toFixed(1)} (${figures.correct} of ${figures.scored}), `,
    `${figures.executable.toFixed(1)} % executable\n`,
  ];
}

/** Questions that tell nothing, if there are any. */
export function notCountedLines({ goldFails, goldEmpty }: AccuracyReport): string[] {
  if (goldFails + goldEmpty === 0) return [];
  return [`not counted: ${goldFails} whose own SQL fails, ${goldEmpty} without rows\n`];
}
