import { seenRows } from '../schema/leak.ts';
import { type NumberFormat, readNumber } from '../schema/number-format.ts';
import type { FitTableOptions } from './fit-options.ts';
import { LEARNING_STOPPED, withRests } from './in-parts.ts';
import type { LearnedRegressor, LearnedSoFar } from './learned-table.ts';
import { readTexts } from './read-texts.ts';
import { fittingRegressor } from './regressor.ts';
import type { GroupedToLearn } from './rows-to-learn.ts';
import { farLabels, mostlyCopies } from './table-warnings.ts';

/** A model of a target that is a number, as its column writes numbers. */
export async function learnQuantity(
  learned: LearnedSoFar,
  { schema, rows, unlabelled, fresh, groups, ofColumns }: GroupedToLearn,
  labels: readonly string[],
  format: NumberFormat,
  options: FitTableOptions,
): Promise<LearnedRegressor> {
  const values = Float64Array.from(labels, (label) => readNumber(label, format) as number);
  const { trees, signal } = options;
  const states = await readTexts({ schema, rows, unlabelled }, options);
  const fitting = fittingRegressor({
    ...{ schema, rows, values, groups, unlabelled, fresh, seed: learned.seed, states },
    ...(trees !== undefined && { trees }),
  });
  const regressor = await withRests(fitting, { signal, stopped: LEARNING_STOPPED });
  const { copies, far } = regressor;
  const warnings = [
    ...learned.warnings,
    ...ofColumns(),
    ...mostlyCopies(copies, rows.length),
    ...farLabels(far.map((row) => labels[row] as string)),
  ];
  return {
    ...learned,
    kind: 'regressor',
    copies,
    seen: seenRows(schema, rows, labels, 'read-with-text'),
    warnings,
    format,
    regressor,
  };
}

/** A label cell of a quantity as its number; null where it is none. */
export function readQuantity({ format }: LearnedRegressor, label: string): number | null {
  return readNumber(label.trim(), format);
}
