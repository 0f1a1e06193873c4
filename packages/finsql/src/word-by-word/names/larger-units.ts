/** Figures asked for in a larger unit than they are kept in: hours of minutes, tonnes of kilos. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';

const UNITS: readonly (readonly [kept: RegExp, larger: string, per: number])[] = [
  [/^(?:minutes?|mins?)$/, 'hours', 60],
  [/^(?:kg|kgs|kilos?|kilograms?)$/, 'tonnes', 1000],
  [/^(?:grams?)$/, 'kilos|kg', 1000],
  [/^(?:metres|meters)$/, 'kilometres|km', 1000],
  [/^(?:kwh)$/, 'mwh|megawatt hours', 1000],
];

/** How people ask for the columns whose last word is such a unit. */
export function saidInLargerUnits({ name: table, columns }: Table): Naming[] {
  return columns.filter(isNumber).flatMap(({ name: column }) => {
    const own = wordsOf(column);
    const unit = UNITS.find(([kept]) => kept.test(own.at(-1) ?? ''));
    if (unit === undefined) return [];
    const [, larger, per] = unit;
    const meaning = { kind: 'column', table, column, per, cost: COST.synonym } as const;
    return larger
      .split('|')
      .map((text) => naming([...own.slice(0, -1), text].join(' '), meaning, COST.verb));
  });
}
