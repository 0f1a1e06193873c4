/** `in dollars`: of columns in cents, so many of which are one of what is asked for. */
import { CENTS, unitScale } from '../calibrate/unit-scales.ts';
import { findColumn, findTable, type Schema } from '../schema/schema.ts';
import type { ParseState } from './parse-state.ts';
import { type ColumnRef, columnIn, type Item, isMeasure } from './reading.ts';

/** Shows whole money, and orders by it, where that is asked for and cents are stored. */
export function showWholeMoney({ asked, said, schema }: ParseState): void {
  if (!said.unitAsked) return;
  const whole = (item: Item): Item => inWholeMoney(item, schema);
  asked.shown = asked.shown.map(whole);
  if (asked.order !== undefined) asked.order = { ...asked.order, by: whole(asked.order.by) };
}

function inWholeMoney(item: Item, schema: Schema): Item {
  const ref = columnIn(item);
  const isAmount = !isMeasure(item) || (item.call !== 'count' && item.inPercent === undefined);
  if (ref === undefined || !isAmount || !isInCents(ref, schema)) return item;
  const whole: ColumnRef = { ...ref, per: CENTS };
  return isMeasure(item) ? { ...item, of: whole } : whole;
}

function isInCents({ table, column }: ColumnRef, schema: Schema): boolean {
  const owner = findTable(schema, table);
  const stored = owner && findColumn(owner, column);
  return stored !== undefined && unitScale(stored) === CENTS;
}
