/** Two columns of a row as one figure: `principal plus interest`, `cost per click`, `(weight times price)`. */
import { findColumn, findTable } from '../schema/schema.ts';
import type { ParseState } from './parse-state.ts';
import { type ColumnMeaning, isWord, type Meaning, type WordMeaning } from './phrase.ts';
import { type ColumnRef, isTable } from './reading.ts';
import { addsUp, isFlag, isMonthNumber, isQuantity, isYear } from './schema-columns.ts';
import { unread } from './unread.ts';

type Within = Pick<ParseState, 'schema' | 'chinese' | 'links'>;
type Arithmetic = WordMeaning & { readonly word: 'arithmetic' };

/**
 * The phrases with each such stretch as one column.
 * @throws Unread where what is to be multiplied or divided are no two figures of a row
 */
export function withFiguresOfTwo(phrases: readonly Meaning[], within: Within): Meaning[] {
  const joined: Meaning[] = [];
  for (let at = 0; at < phrases.length; at++) {
    const [one, next] = [phrases[at], phrases[at + 1]];
    const last = joined.at(-1);
    if (one === undefined) break;
    const figure = isWord(one, 'arithmetic')
      ? madeOf(within, last, one, next)
      : perUnit(within, { figure: last, before: joined.at(-2), each: one, unit: next });
    if (figure !== undefined) {
      joined.splice(-1, 1, figure);
      at++;
    } else if (!isWord(one, 'arithmetic')) joined.push(one);
    // `name plus price`: the one beside the other.
    else if (one.sign === 'plus') joined.push({ kind: 'word', word: 'and', cost: one.cost });
    else unread('figures of what');
  }
  return joined;
}

/** `principal plus interest`: undefined where they are no amounts of one row. */
function madeOf(
  within: Within,
  first: Meaning | undefined,
  { sign }: Arithmetic,
  second: Meaning | undefined,
): ColumnMeaning | undefined {
  if (first?.kind !== 'column' || second?.kind !== 'column') return undefined;
  const isOther = isTable(first.table, second.table) && first.column !== second.column;
  const areFigures = [first, second].every((one) => isQuantity(within, one) && isPlain(one));
  if (!isOther || !areFigures) return undefined;
  if (sign === 'plus' && ![first, second].every((one) => addsUp(within, one))) return undefined;
  return { ...first, [sign]: second.column };
}

interface PerUnit {
  readonly figure: Meaning | undefined;
  /** What stands before the figure. */
  readonly before: Meaning | undefined;
  readonly each: Meaning;
  readonly unit: Meaning | undefined;
}

/** `cost per click`; not `average price per litre`, of litres or of purchases, and not the cost of each kind. */
function perUnit(
  within: Within,
  { figure, before, each, unit }: PerUnit,
): ColumnMeaning | undefined {
  if (within.chinese || figure?.kind !== 'column' || unit?.kind !== 'column') return undefined;
  if (!isWord(each, 'each') || (isWord(before, 'measure') && before.call !== 'sum'))
    return undefined;
  const isOther = isTable(figure.table, unit.table) && figure.column !== unit.column;
  if (!isOther || !isPlain(figure) || !isPlain(unit) || OF_UNIT.test(figure.column))
    return undefined;
  const areAmounts = [figure, unit].every(
    (one) => isQuantity(within, one) && addsUp(within, one) && !isFlag(within, one),
  );
  if (!areAmounts || !isSoMuch(within, unit)) return undefined;
  return { ...figure, over: unit.column, perUnit: true };
}

/** Figures that are of a unit already. */
const OF_UNIT = /(?:^|_)(?:unit|per|avg|average|mean|daily|hourly)|per[A-Z]/i;
/** Numbers of kinds and of times, which rows are grouped by. */
const OF_KINDS =
  /quarter|week|month|day|year|rank|stage|level|term|class|grade|band|tier|number|num$|no$|code|type|group|zone|floor$|age$|rating|score|status|state|season|period|version|round|category/i;

/** Whether there is so much of a column, and it tells no rows, kinds or times. */
export function isSoMuch(within: Within, { table, column }: ColumnRef): boolean {
  const own = findTable(within.schema, table);
  const found = own && findColumn(own, column);
  const isReference = within.links.some(
    (link) => isTable(table, link.table) && link.column === column.toLowerCase(),
  );
  const isTime = [isYear, isMonthNumber].some((is) => is(within, { table, column }));
  return found?.primaryKey === false && !isReference && !isTime && !OF_KINDS.test(column);
}

function isPlain({ times, minus, plus, over, until }: ColumnMeaning): boolean {
  return [times, minus, plus, over, until].every((one) => one === undefined);
}
