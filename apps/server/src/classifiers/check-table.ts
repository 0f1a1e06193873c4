/** Would a saved classifier fit a table? Told before a job begins, with all that is wrong. */
import type { Text } from '@quaestor/peft';
import { checkTable, countUnread, notUsed, TabLlmError, unreadWarnings } from '@quaestor/tabllm';
import type { BoundedTable } from '../labelling/bounded-table.ts';
import type { ClassifierCheck, ModelFacts } from './classifier.ts';

export function checkAgainst({ schema, target }: ModelFacts, table: BoundedTable): ClassifierCheck {
  const problems: Text[] = [];
  const warnings: Text[] = [...table.warnings];
  try {
    const { extra, arrange } = checkTable(schema, table.columns);
    for (const name of extra) {
      if (name !== target) warnings.push(notUsed(name));
    }
    const unread = countUnread(schema, table.rows.map(arrange));
    warnings.push(...unreadWarnings(schema, unread, { rows: table.rows.length }));
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
