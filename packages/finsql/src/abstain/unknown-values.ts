/** Texts that a statement compares a column with and that the column does not hold. */
import { textComparisons } from '../calibrate/compared-texts.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { isIn } from '../retrieval/values/lookup.ts';
import { isIndexed } from '../retrieval/values/refresh.ts';
import { keyOf } from '../retrieval/values/units.ts';
import { findColumn, fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

export interface UnknownValue {
  readonly column: string;
  readonly text: string;
}

/** Only for columns whose texts are all in the value index, and texts that it takes: not a code of one letter. */
export function unknownValues(sql: string, { schema, values }: DatabaseContext): UnknownValue[] {
  if (values.columns === 0) return [];
  const partly = new Set([...values.capped, ...values.unread].map(({ column }) => fold(column)));
  const tokens = tokenizeSql(sql);
  const found: UnknownValue[] = [];
  for (const { owner: table, column: name, texts } of textComparisons(tokens, schema)) {
    const column = findColumn(table, name);
    // Views are not indexed; they have no count of rows.
    if (table.rowCount === undefined || column?.kind !== 'text') continue;
    const place = `${table.name}.${column.name}`;
    if (partly.has(fold(place))) continue;
    for (const at of texts) {
      const text = tokens[at]?.value ?? '';
      if (!isIndexed(text) || keyOf(text) === '') continue;
      const held = values.holders(text).some((one) => isIn(one, table.name, column.name));
      if (!held) found.push({ column: place, text });
    }
  }
  return found;
}
