/** What a model reads of a row. */
import { type EncodedColumn, readsMeanings } from '../baseline/encoder.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { missingTest } from '../schema/missing.ts';
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
  return new Set(encodingOf(learned).map(({ index }) => index));
}

/** What was learned of the columns; none where a language model decides alone. */
export function encodingOf(learned: LearnedTable): readonly EncodedColumn[] {
  if (learned.kind === 'regressor') return learned.regressor.state.encoding;
  return learned.classifier.state.tabular?.encoding ?? [];
}

/** Whether free text is among them. */
export function readsText(learned: LearnedTable): boolean {
  const read = columnsRead(learned);
  return learned.schema.columns.some(({ kind }, index) => kind === 'text' && read.has(index));
}

/** Whether a language model reads it, see `textStates`. */
export function hasTextRead(learned: LearnedTable): boolean {
  return readsMeanings(encodingOf(learned));
}

/** Texts of rows that a language model has to read before anything is said of them, each once. */
export function textsToRead(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
): readonly string[] {
  const isMissing = missingTest(learned.schema.missing);
  const places = encodingOf(learned).flatMap((encoded) =>
    encoded.kind === 'text' && encoded.meanings !== null ? [encoded.index] : [],
  );
  const cells = rows.flatMap((row) => places.map((place) => row[place] ?? ''));
  return [...new Set(cells.filter((cell) => !isMissing(cell)))];
}
