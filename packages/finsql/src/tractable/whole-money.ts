/** `in dollars`, 多少万元: of columns in other units, so many of which are one of what is asked for. */
import { CENTS, unitScale } from '../calibrate/unit-scales.ts';
import { findColumn, findTable, type Schema } from '../schema/schema.ts';
import type { ParseState } from './parse-state.ts';
import { isWord } from './phrase.ts';
import { type ColumnRef, columnIn, type Item, isMeasure } from './reading.ts';
import { unread } from './unread.ts';

/**
 * Shows amounts in the unit that is asked for, and orders by them, where another is stored.
 * @throws Unread where a part of what is stored is asked for: ten thousands of what is held in hundred millions
 */
export function showWholeMoney(state: ParseState): void {
  const { asked, said } = state;
  const unit = unitNamed(state) ?? (said.unitAsked ? 1 : undefined);
  if (unit === undefined) return;
  const whole = (item: Item): Item => inUnit(item, unit, state.schema);
  asked.shown = asked.shown.map(whole);
  if (asked.order !== undefined) asked.order = { ...asked.order, by: whole(asked.order.by) };
}

/** 10,000 of 多少万元. */
function unitNamed({ phrases }: ParseState): number | undefined {
  const asked = phrases.find((one) => isWord(one, 'how-much') && one.unit !== undefined);
  return isWord(asked, 'how-much') ? asked.unit : undefined;
}

function inUnit(item: Item, unit: number, schema: Schema): Item {
  const ref = columnIn(item);
  const isAmount = !isMeasure(item) || (item.call !== 'count' && item.inPercent === undefined);
  const scale = ref && isAmount ? scaleOf(ref, schema) : undefined;
  if (ref === undefined || scale === undefined || (unit === 1 && scale !== CENTS)) return item;
  const per = Number((unit * scale).toPrecision(12));
  if (per === 1) return item;
  if (per < 1) unread('a part of the unit');
  const whole: ColumnRef = { ...ref, per };
  return isMeasure(item) ? { ...item, of: whole } : whole;
}

function scaleOf({ table, column }: ColumnRef, schema: Schema): number | undefined {
  const owner = findTable(schema, table);
  const stored = owner && findColumn(owner, column);
  return stored && unitScale(stored);
}
