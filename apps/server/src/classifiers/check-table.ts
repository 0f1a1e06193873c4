/** Would a saved classifier fit a table? Told before a job begins, with all that is wrong. */
import { checkTable, inferSchema, TabLlmError } from '@quaestor/tabllm';
import type { BoundedTable } from '../labelling/bounded-table.ts';
import type { ClassifierCheck, ModelFacts } from './classifier.ts';

export function checkAgainst({ schema, target }: ModelFacts, table: BoundedTable): ClassifierCheck {
  const problems: string[] = [];
  const warnings = [...table.warnings];
  try {
    const { extra } = checkTable(schema, table.columns);
    for (const name of extra) {
      if (name !== target) warnings.push(`column ${name} was not learned from and is not used`);
    }
  } catch (error) {
    if (!(error instanceof TabLlmError)) throw error;
    problems.push(...error.problems);
  }
  const here = inferSchema(table.columns, table.rows).columns;
  for (const { name, kind, role } of schema.columns) {
    const found = here.find((column) => column.name === name);
    if (role !== 'feature' || found === undefined || found.kind === kind) continue;
    // Digits and words are categories alike, and of few rows little follows.
    if (kind === 'category' || kind === 'text' || found.role === 'constant') continue;
    warnings.push(`column ${name} was ${kind} where it was learned, here it is ${found.kind}`);
  }
  if (table.problems.size > 0) {
    warnings.push(`${table.problems.size} of the first ${table.rows.length} rows have faults`);
  }
  return { fits: problems.length === 0, problems, warnings };
}
