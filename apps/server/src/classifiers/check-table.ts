/** Would a saved classifier fit a table? Told before a job begins, with all that is wrong. */
import type { Text } from '@quaestor/peft';
import {
  checkTable,
  countUnread,
  otherWriting,
  TabLlmError,
  TELLING_ROWS,
  unreadWarnings,
} from '@quaestor/tabllm';
import type { BoundedTable } from '../labelling/bounded-table.ts';
import type { ClassifierCheck, ModelFacts } from './classifier.ts';

export function checkAgainst({ schema, target }: ModelFacts, table: BoundedTable): ClassifierCheck {
  const problems: Text[] = [];
  const warnings: Text[] = [...table.warnings];
  try {
    const { extra, arrange, warnings: ofColumns } = checkTable(schema, table.columns);
    const rows = table.rows.map(arrange);
    const written = otherWriting(schema, rows.slice(0, TELLING_ROWS));
    const unread = countUnread(written.schema, rows);
    warnings.push(
      ...ofColumns.filter((_, i) => extra[i] !== target),
      ...written.warnings,
      ...unreadWarnings(written.schema, unread, { rows: rows.length }),
    );
  } catch (error) {
    if (!(error instanceof TabLlmError)) throw error;
    problems.push(...error.problemTexts);
  }
  if (table.problems.size > 0) {
    const [faulty, rows] = [table.problems.size, table.rows.length];
    warnings.push({
      en: `${faulty} of the first ${rows} rows have faults`,
      zh: `前 ${rows} 行中有 ${faulty} 行有问题`,
    });
  }
  return { fits: problems.length === 0, problems, warnings };
}
