import type { Answer } from '@quaestor/finsql';
import { printableText } from './printable.ts';
import { table } from './table.ts';

/** Rows shown on a terminal; `--json` has them all. */
const SHOWN_ROWS = 40;

/** An answer for people: SQL, rows, what the SQL does, why these tables, warnings. */
export function printAnswer(answer: Answer): string {
  const { sql, columns, rows, explanation, confidence, trace } = answer;
  const { abstained, standalone_question: standalone } = answer;
  const warnings = answer.warnings.filter((warning) => warning !== abstained?.reason);
  const more = rows.length - SHOWN_ROWS;
  const retrieve = trace.find((stage) => stage.name === 'retrieve');
  const tables = retrieve?.detail.tables.filter(({ chosen }) => chosen) ?? [];
  const milliseconds = trace.reduce((sum, stage) => sum + stage.milliseconds, 0);
  const blocks = [
    standalone === null ? '' : `Understood as: ${standalone}`,
    abstained === null ? '' : `No answer: ${abstained.reason}`,
    abstained === null || sql === '' ? sql : `Draft: ${sql}`,
    columns.length === 0 ? '' : table(columns, rows.slice(0, SHOWN_ROWS)).trimEnd(),
    more > 0 ? `… and ${more} more rows (--json prints them)` : '',
    explanation.join('\n'),
    tables.length === 0
      ? ''
      : `Tables: ${tables.map(({ name, score }) => `${name} (${score.toFixed(2)})`).join(', ')}`,
    warnings.map((warning) => `Note: ${warning}`).join('\n'),
    `${abstained === null ? `${rows.length} rows` : 'Abstained'} in ${(milliseconds / 1000).toFixed(1)} s${confidence === null ? '' : `, confidence ${Math.round(confidence * 100)} %`}`,
  ];
  return printableText(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}
