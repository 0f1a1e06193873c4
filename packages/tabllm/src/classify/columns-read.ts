/** What a model reads of a row. */
import { featureColumns } from '../schema/feature-columns.ts';
import type { LearnedTable } from './learned-table.ts';

/** Places of the columns that it reads: text only where a language model reads it, or its words are known. */
export function columnsRead(learned: LearnedTable): ReadonlySet<number> {
  const asks = learned.kind === 'classifier' && learned.classifier.asksLanguage;
  const encoded = encodedColumns(learned);
  return new Set(
    featureColumns(learned.schema)
      .filter(({ column, index }) => asks || column.kind !== 'text' || encoded.has(index))
      .map(({ index }) => index),
  );
}

/** Places of the columns that the models of columns read. */
export function encodedColumns(learned: LearnedTable): ReadonlySet<number> {
  const encoding =
    learned.kind === 'regressor'
      ? learned.regressor.state.encoding
      : (learned.classifier.state.tabular?.encoding ?? []);
  return new Set(encoding.map(({ index }) => index));
}

/** Whether free text is among them. */
export function readsText(learned: LearnedTable): boolean {
  const read = columnsRead(learned);
  return learned.schema.columns.some(({ kind }, index) => kind === 'text' && read.has(index));
}
