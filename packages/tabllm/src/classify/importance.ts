/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse the figures
 * of labelled rows get when the cells of one column are shuffled among them. Honest on rows that were
 * not learned from; on those that were, it tells what the model leans on. Each column takes predictions of all
 * rows, which take the longer the more columns there are: of a wide table those are shuffled that the model
 * weights most.
 */
import { seededRandom } from '@quaestor/peft';
import { emptyMatrix, type Matrix } from '../baseline/matrix.ts';
import { regressionReport } from '../metrics/regression.ts';
import { classificationReport } from '../metrics/report.ts';
import { featureColumns } from '../schema/feature-columns.ts';
import { placeOfClass } from './classes.ts';
import { columnWeights } from './column-weights.ts';
import { predictEncoded } from './encoded-model.ts';
import { evaluateRows, type TableReport } from './evaluate-rows.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { readQuantity } from './learn-quantity.ts';
import type { LearnedTable } from './learned-table.ts';

export interface Importance {
  readonly column: string;
  /** Fall of the AUC, or of R² for quantities: mean over the shuffles, and their standard deviation. */
  readonly fall: number;
  readonly sd: number;
}

export interface ImportanceOptions {
  /** Shuffles of each column; default 5. */
  readonly repeats?: number;
  readonly seed?: number;
}

/** Columns that are shuffled. */
export const MOST_SHUFFLED = 100;

/**
 * Columns by importance, the most important first; of a wide table the MOST_SHUFFLED that the model weights most.
 * @param rows cells in the schema's order @param labels of the rows, as they are written
 * @throws TabLlmError 'bad-data' as `evaluateRows`
 */
export function permutationImportance(...given: Parameters<typeof shufflingColumns>): Importance[] {
  return atOnce(shufflingColumns(...given));
}

/** The same, a column after the other. */
export function* shufflingColumns(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
  { repeats = 5, seed = 0 }: ImportanceOptions = {},
): InParts<Importance[]> {
  const random = seededRandom(seed);
  const whole = figureOf(evaluateRows(learned, rows, labels, { draws: 0 }));
  const { indices, figureWithout } = shuffledFigures(learned, rows, labels);
  const found: Importance[] = [];
  for (const [done, index] of indices.entries()) {
    const falls: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      falls.push(whole - figureWithout(index, random.shuffle([...rows.keys()])));
    }
    const fall = falls.reduce((sum, value) => sum + value, 0) / repeats;
    const spread = falls.reduce((sum, value) => sum + (value - fall) ** 2, 0) / repeats;
    const column = learned.schema.columns[index]?.name as string;
    found.push({ column, fall, sd: Math.sqrt(spread) });
    yield (done + 1) / indices.length;
  }
  return found.sort((a, b) => b.fall - a.fall);
}

interface ShuffledFigures {
  /** Columns to shuffle, in the order of the table. */
  readonly indices: readonly number[];
  /** @param order the row whose cell of the column each row gets */
  figureWithout(index: number, order: readonly number[]): number;
}

/** Rows are encoded once where the model allows it. */
function shuffledFigures(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
): ShuffledFigures {
  const all = featureColumns(learned.schema).map(({ index }) => index);
  const { steps } = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  if (steps === null) {
    return {
      indices: all.slice(0, MOST_SHUFFLED),
      figureWithout: (index, order) => {
        const shuffled = rows.map((row, i) =>
          row.with(index, rows[order[i] as number]?.[index] ?? ''),
        );
        return figureOf(evaluateRows(learned, shuffled, labels, { draws: 0 }));
      },
    };
  }
  const { model, encode, sources } = steps;
  const x = encode(rows);
  const figure = figureOfSaid(learned, labels);
  const weights = all.length > MOST_SHUFFLED ? columnWeights(model, x, sources) : null;
  const weighed = [...all].sort((a, b) => (weights?.get(b) ?? 0) - (weights?.get(a) ?? 0));
  return {
    indices: weighed.slice(0, MOST_SHUFFLED).sort((a, b) => a - b),
    figureWithout: (index, order) => {
      const own = sources.flatMap((of, j) => (of.includes(index) ? [j] : []));
      return figure(steps.finish(predictEncoded(model, withShuffled(x, own, order))));
    },
  };
}

/** A copy whose rows have the entries of other rows in some columns. */
function withShuffled(x: Matrix, columns: readonly number[], order: readonly number[]): Matrix {
  const shuffled = emptyMatrix(x.rows, x.columns);
  shuffled.values.set(x.values);
  for (const [i, from] of order.entries()) {
    for (const j of columns) {
      shuffled.values[i * x.columns + j] = x.values[from * x.columns + j] as number;
    }
  }
  return shuffled;
}

/** @param labels known to the model */
function figureOfSaid(
  learned: LearnedTable,
  labels: readonly string[],
): (said: Float64Array) => number {
  if (learned.kind === 'regressor') {
    const values = Float64Array.from(labels, (label) => readQuantity(learned, label) as number);
    return (said) => regressionReport(said, values, { draws: 0 }).figures.r2.value;
  }
  const { classes, classifier } = learned;
  const places = Int32Array.from(labels, (label) => placeOfClass(classes, label.trim()));
  const { threshold } = classifier.state;
  const options = { draws: 0, threshold };
  return (said) => classificationReport(said, places, classes.length, options).figures.auc.value;
}

function figureOf(report: TableReport): number {
  return report.kind === 'classes' ? report.figures.auc.value : report.figures.r2.value;
}
