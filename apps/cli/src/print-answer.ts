import type { Answer } from '@quaestor/finsql';
import { ANSWER_WORDS } from './answer-words.ts';
import { printableText } from './printable.ts';
import { PLAIN } from './style.ts';
import { type TableOptions, table } from './table.ts';

/** Rows shown on a terminal; `--json` has them all. */
const SHOWN_ROWS = 40;

/** What printing needs to know of a terminal. */
export interface PrintOptions extends TableOptions {
  readonly style?: typeof PLAIN;
}

/** An answer for people, in its language: SQL, rows, what the SQL does, which tables were chosen from, warnings. */
export function printAnswer(answer: Answer, options: PrintOptions = {}): string {
  const { columns, rows, explanation, confidence, trace } = answer;
  const { abstained, standalone_question: standalone, near_questions: near } = answer;
  const { style = PLAIN } = options;
  const words = ANSWER_WORDS[answer.language];
  const sql = printableText(answer.sql);
  const warnings = answer.warnings.filter(({ text }) => text !== abstained?.reason);
  const more = rows.length - SHOWN_ROWS;
  const retrieve = trace.find((stage) => stage.name === 'retrieve');
  const tables = retrieve?.detail.tables.filter(({ chosen }) => chosen) ?? [];
  const milliseconds = trace.reduce((sum, stage) => sum + stage.milliseconds, 0);
  const figures = {
    rows: abstained === null ? rows.length : null,
    seconds: (milliseconds / 1000).toFixed(1),
    // Of a draft that is withheld it tells nothing beyond the reason.
    confidence: confidence === null || abstained !== null ? null : Math.round(confidence * 100),
  };
  const blocks = [
    standalone === null ? '' : printableText(words.understood(standalone)),
    abstained === null ? '' : style.yellow(printableText(words.noAnswer(abstained.reason))),
    abstained === null || sql === '' ? style.cyan(sql) : words.draft(style.cyan(sql)),
    columns.length === 0 ? '' : table(columns, rows.slice(0, SHOWN_ROWS), options).trimEnd(),
    more > 0 ? words.moreRows(more) : '',
    printableText(explanation.join('\n')),
    tables.length === 0 || sql === ''
      ? ''
      : printableText(words.tables(tables.map(({ name }) => name))),
    style.yellow(printableText(warnings.map(({ text }) => words.note(text)).join('\n'))),
    near.length === 0 ? '' : printableText(words.near(near)),
    style.dim(words.sum(figures)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
