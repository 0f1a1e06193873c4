/** A model that reads a table as that table is written. */
import type { Translated } from '@quaestor/peft';
import { SeenRows } from '../schema/leak.ts';
import { otherWriting } from '../schema/other-writing.ts';
import type { LearnedTable } from './learned-table.ts';

/** @param rows the first ones of the table, cells in the schema's order */
export function asWritten<Learned extends LearnedTable>(
  learned: Learned,
  rows: readonly (readonly string[])[],
): { readonly learned: LearnedTable; readonly warnings: readonly Translated[] } {
  const { schema, warnings } = otherWriting(learned.schema, rows);
  if (warnings.length === 0) return { learned, warnings };
  const seen = new SeenRows(schema, learned.seen.identity);
  seen.remember(learned.seen.entries());
  const same = { schema, seen };
  return {
    learned:
      learned.kind === 'classifier'
        ? { ...learned, ...same, classifier: learned.classifier.writtenAs(schema) }
        : { ...learned, ...same, regressor: learned.regressor.writtenAs(schema) },
    warnings,
  };
}
