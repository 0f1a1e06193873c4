/** Things with fewer rows than so many, those without any among them: `customers with fewer than 3 orders`. */
import type { Link } from '../../retrieval/context.ts';
import { fold, type Schema } from '../../schema/schema.ts';
import { type Having, type Item, isMeasure, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { writeQualified } from './write-columns.ts';
import { rowsOfThing } from './write-with-none.ts';

/**
 * Each thing with a count of its rows beside it: joined, things without any would be left out. Undefined where
 * no upper bound is asked of how many rows things of another table have.
 * @throws Unread where more is asked of them
 */
export function writeFewer(
  reading: Reading,
  schema: Schema,
  links: readonly Link[],
): string | undefined {
  const { groups, having, shown, order, limit, offset } = reading;
  const bound = having.find(isUpperBound);
  const [thing, ...others] = new Set(groups.map(({ table }) => fold(table)));
  if (bound === undefined || thing === undefined || others.length > 0) return undefined;
  const rows = bound.measure.rows ?? reading.thing;
  if (fold(rows) === thing || !groups.every(({ isThing }) => isThing)) return undefined;
  if (having.length > 1 || !isPlain(reading)) return unread('fewer than so many, and more');
  const { outer, from, where } = rowsOfThing(reading, { thing, rows }, schema, links);
  const fewer = `(select count(*) ${from}) ${bound.sign} ${bound.value}`;
  return [
    `select ${reading.countsGroups ? 'count(*)' : shown.map((item) => columnOf(item, thing)).join(', ')} from ${outer}`,
    `where ${[...where, fewer].join(' and ')}`,
    ...(order === undefined
      ? []
      : [`order by ${columnOf(order.by, thing)} ${order.descending ? 'desc' : 'asc'}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
    ...(offset === undefined ? [] : [`offset ${offset}`]),
  ].join(' ');
}

/** A number that the count of rows is below, or at most. */
function isUpperBound({ measure, sign, value }: Having): boolean {
  const { call, rows: _, ...narrowed } = measure;
  const isCount = call === 'count' && Object.values(narrowed).every((one) => one === undefined);
  return isCount && (sign === '<' || sign === '<=') && typeof value === 'number';
}

function isPlain({ both, steps, firstOf, overGroups, order }: Reading): boolean {
  return [both, steps, firstOf, overGroups, order?.thenBy].every((one) => one === undefined);
}

/** A column of the things themselves. */
function columnOf(item: Item, thing: string): string {
  return isMeasure(item) || fold(item.table) !== thing
    ? unread('other columns of things with fewer rows')
    : writeQualified(item, undefined);
}
