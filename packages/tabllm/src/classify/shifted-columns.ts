/**
 * Columns of a table whose numbers are not those that were learned from, most likely in another unit: 0.93 for
 * 93 %. Numbers of the beginning are looked at, and one row of each piece that follows: of a table in some
 * order all of it counts.
 */
import type { Translated } from '@quaestor/peft';
import { besideOf } from '../baseline/encoder.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { readValue } from '../schema/read-value.ts';
import type { LearnedTable } from './learned-table.ts';

/** Rows of the beginning. */
const BEGINNING = 1000;
/** Different numbers from which on something follows. */
const FEWEST = 10;
/** Of a range that is as wide as this share of what was learned, … */
const SMALL = 1 / 20;
/** … also beside its standard deviation: a few large numbers make a range wide. */
const NARROW = 1 / 10;

export interface NumberWatch {
  /** @param rows cells in the schema's order, of the next piece */
  note(rows: Iterable<readonly string[]>): void;
  warnings(): Translated[];
}

export function watchNumbers(learned: LearnedTable): NumberWatch {
  const deviations = deviationsOf(learned);
  const watched = featureColumns(learned.schema).flatMap(({ column, index }) =>
    column.kind === 'numeric' ? [{ column, index, seen: new Set<number>() }] : [],
  );
  let begun = false;
  return {
    note: (rows) => {
      if (watched.length === 0) return;
      let left = begun ? 1 : BEGINNING;
      begun = true;
      for (const cells of rows) {
        for (const { column, index, seen } of watched) {
          const value = readValue(cells[index] ?? '', column);
          if (value !== null) seen.add(value);
        }
        if (--left === 0) break;
      }
    },
    warnings: () =>
      watched.flatMap(({ column, index, seen }): Translated[] => {
        if (seen.size < FEWEST) return [];
        const [low, high] = endsOf(seen);
        const { name, min, max } = column;
        const outside = low > max || high < min;
        const width = high - low;
        const narrow =
          width <= SMALL * (max - min) && width <= NARROW * (deviations.get(index) ?? 0);
        if (!outside && !narrow) return [];
        const [en, zh] = outside
          ? ['outside of', '都不在其中']
          : ['a small part of', '只占其中很小一部分'];
        return [
          {
            en: `${name} has numbers from ${low} to ${high}, ${en} what was learned from, ${min} to ${max}: are they in another unit?`,
            zh: `列“${name}”的数字为 ${low} 到 ${high}，而学习时为 ${min} 到 ${max}，${zh}：单位是否不同？`,
          },
        ];
      }),
  };
}

/** Standard deviations of the columns that were learned from, by place. */
function deviationsOf(learned: LearnedTable): Map<number, number> {
  const encoding =
    learned.kind === 'regressor'
      ? learned.regressor.state.encoding
      : (learned.classifier.state.tabular?.encoding ?? []);
  return new Map(
    encoding.flatMap((one): [number, number][] =>
      one.kind === 'scaled' && besideOf(one) === null ? [[one.index, one.sd]] : [],
    ),
  );
}

function endsOf(values: Iterable<number>): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
