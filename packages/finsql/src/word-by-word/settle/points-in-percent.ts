/** `commission in percent` of a column of basis points. */
import { nameWords } from '../../retrieval/words.ts';
import { findTable, fold, type Schema } from '../../schema/schema.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, type Reading } from '../model/reading.ts';
import type { AskedBy } from './asked-by.ts';

const POINTS = /\b(?:bps|basis points?)\b|基点/i;
/** Basis points of a percent. */
const OF_PERCENT = 100;

/** The reading with such figures in percent where that is asked for. */
export function inPoints(reading: Reading, { meanings, schema }: AskedBy): Reading {
  if (!meanings.some((one) => isWord(one, 'in-percent'))) return reading;
  return { ...reading, shown: reading.shown.map((item) => inPercent(item, schema)) };
}

function inPercent(item: Item, schema: Schema): Item {
  const ref = isMeasure(item) ? item.of : item;
  const isFigure = !isMeasure(item) || (item.call !== 'count' && item.inPercent === undefined);
  if (ref === undefined || ref.per !== undefined || !isFigure || !isInPoints(ref, schema))
    return item;
  const whole: ColumnRef = { ...ref, per: OF_PERCENT };
  return isMeasure(item) ? { ...item, of: whole } : whole;
}

function isInPoints({ table, column }: ColumnRef, schema: Schema): boolean {
  const found = findTable(schema, table)?.columns.find(({ name }) => fold(name) === fold(column));
  return found !== undefined && POINTS.test(`${nameWords(found.name).join(' ')} ${found.comment}`);
}
