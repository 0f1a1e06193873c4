import type { Answer } from '@quaestor/finsql';
import { printableText } from './printable.ts';
import { PLAIN } from './style.ts';
import { type TableOptions, table } from './table.ts';

/** Rows shown on a terminal; `--json` has them all. */
const SHOWN_ROWS = 40;

/** What printing needs to know of a terminal. */
export interface PrintOptions extends TableOptions {
  readonly style?: typeof PLAIN;
}

/** An answer for people: SQL, rows, what the SQL does, why these tables, warnings. */
export function printAnswer(answer: Answer, options: PrintOptions = {}): string {
  const { columns, rows, explanation, confidence, trace } = answer;
  const { abstained, standalone_question: standalone } = answer;
  const { style = PLAIN } = options;
  const sql = printableText(answer.sql);
  const warnings = answer.warnings.filter((warning) => warning !== abstained?.reason);
  const more = rows.length - SHOWN_ROWS;
  const retrieve = trace.find((stage) => stage.name === 'retrieve');
  const tables = retrieve?.detail.tables.filter(({ chosen }) => chosen) ?? [];
  const named = tables.map(({ name, score }) => `${name} (${score.toFixed(2)})`).join(', ');
  const milliseconds = trace.reduce((sum, stage) => sum + stage.milliseconds, 0);
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  const sure = confidence === null ? '' : `, confidence ${Math.round(confidence * 100)} %`;
  const blocks = [
    standalone === null ? '' : printableText(`Understood as: ${standalone}`),
    abstained === null ? '' : style.yellow(printableText(`No answer: ${abstained.reason}`)),
    abstained === null || sql === '' ? style.cyan(sql) : `Draft: ${style.cyan(sql)}`,
    columns.length === 0 ? '' : table(columns, rows.slice(0, SHOWN_ROWS), options).trimEnd(),
    more > 0 ? `… and ${more} more rows (--json prints them)` : '',
    printableText(explanation.join('\n')),
    tables.length === 0 ? '' : printableText(`Tables: ${named}`),
    style.yellow(printableText(warnings.map((warning) => `Note: ${warning}`).join('\n'))),
    style.dim(
      `${abstained === null ? count : 'Abstained'} in ${(milliseconds / 1000).toFixed(1)} s${sure}`,
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
