/** How far predicted quantities are from the true ones. */
import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap.ts';

const FIGURES = {
  rmse: (errors) => Math.sqrt(mean(errors.map(({ error }) => error ** 2))),
  mae: (errors) => mean(errors.map(({ error }) => Math.abs(error))),
  r2: (errors) => {
    const centre = mean(errors.map(({ value }) => value));
    const spread = mean(errors.map(({ value }) => (value - centre) ** 2));
    return spread === 0 ? 0 : 1 - mean(errors.map(({ error }) => error ** 2)) / spread;
  },
} satisfies Record<string, (errors: readonly Miss[]) => number>;

interface Miss {
  readonly value: number;
  readonly error: number;
}

export type RegressionFigureName = keyof typeof FIGURES;

export interface RegressionReport {
  readonly rows: number;
  readonly figures: Readonly<Record<RegressionFigureName, { readonly value: number } & Interval>>;
  /** Figures of always giving the mean. */
  readonly meanOnly: Readonly<Record<RegressionFigureName, number>>;
}

/** @param predicted and `values` in the same unit */
export function regressionReport(
  predicted: Float64Array,
  values: Float64Array,
  options: Omit<BootstrapOptions, 'level'> = {},
): RegressionReport {
  const errors = Array.from(values, (value, i) => ({
    value,
    error: (predicted[i] as number) - value,
  }));
  const centre = mean([...values]);
  const constant = Array.from(values, (value) => ({ value, error: centre - value }));
  const names = Object.keys(FIGURES) as RegressionFigureName[];
  return {
    rows: values.length,
    figures: record(names, (name) => ({
      value: FIGURES[name](errors),
      ...bootstrapInterval(
        values.length,
        (indices) => FIGURES[name](Array.from(indices, (i) => errors[i] as Miss)),
        options,
      ),
    })),
    meanOnly: record(names, (name) => FIGURES[name](constant)),
  };
}

function record<Value>(
  names: readonly RegressionFigureName[],
  value: (name: RegressionFigureName) => Value,
): Record<RegressionFigureName, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<
    RegressionFigureName,
    Value
  >;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
