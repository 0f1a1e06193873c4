/** Would a saved classifier fit a table? Told before a job begins, with all that is wrong. */
import type { Text } from '@quaestor/peft';
import { checkTable, inferSchema, KINDS_IN_CHINESE, notUsed, TabLlmError } from '@quaestor/tabllm';
import type { BoundedTable } from '../labelling/bounded-table.ts';
import type { ClassifierCheck, ModelFacts } from './classifier.ts';

export function checkAgainst({ schema, target }: ModelFacts, table: BoundedTable): ClassifierCheck {
  const problems: Text[] = [];
  const warnings: Text[] = [...table.warnings];
  try {
    const { extra } = checkTable(schema, table.columns);
    for (const name of extra) {
      if (name !== target) warnings.push(notUsed(name));
    }
  } catch (error) {
    if (!(error instanceof TabLlmError)) throw error;
    problems.push(...error.problemTexts);
  }
  const here = inferSchema(table.columns, table.rows).columns;
  for (const { name, kind, role } of schema.columns) {
    const found = here.find((column) => column.name === name);
    if (role !== 'feature' || found === undefined || found.kind === kind) continue;
    // Digits and words are categories alike, and of few rows little follows.
    if (kind === 'category' || kind === 'text' || found.role === 'constant') continue;
    warnings.push({
      en: `column ${name} was ${kind} where it was learned, here it is ${found.kind}`,
      zh: `列“${name}”在学习时是${KINDS_IN_CHINESE[kind]}，在这里是${KINDS_IN_CHINESE[found.kind]}`,
    });
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
