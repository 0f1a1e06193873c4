import { resolve } from 'node:path';
import {
  databaseName,
  questionsForDatabase,
  readPatternFolder,
  type TextToSqlItem,
} from '@quaestor/finsql';
import { descriptionsOf } from '../described-source.ts';
import { table } from '../table.ts';
import { writeQuestionList } from './question-list.ts';

interface FromDatabase {
  readonly file: string;
  readonly patterns: string | undefined;
  readonly existing: readonly TextToSqlItem[];
  readonly held: readonly TextToSqlItem[];
  readonly count: number;
  readonly seed: number;
  readonly chinese: number;
  readonly out: string;
}

/** Makes pairs over a database and writes them; returns the report and how it reads. */
export function augmentFromDatabase(options: FromDatabase, cwd: string) {
  const { file, patterns, out, ...rest } = options;
  const { pairs, report } = questionsForDatabase({
    ...rest,
    files: [file],
    descriptions: descriptionsOf(file),
    ...(patterns === undefined ? {} : { patterns: readPatternFolder(resolve(cwd, patterns)) }),
  });
  const name = databaseName(file);
  writeQuestionList(
    resolve(cwd, out),
    pairs.map(({ question, sql, lang }) => ({ question, db_id: name, query: sql, lang })),
  );
  const reasons = Object.entries(report.rejected);
  const productive = report.patterns.filter(({ added }) => added > 0).length;
  const text = [
    `${report.added} questions in ${out}, from ${productive} of ${report.patterns.length} patterns\n`,
    reasons.length === 0 ? '' : `\n${table(['rejected because', 'draws'], reasons)}\n`,
  ].join('');
  return { report, text };
}
