/**
 * One classifier for no labels, a few or many: without labels the language model alone, its bias
 * removed on the rows to be predicted; with labels the tabular baseline, joined by the language model
 * where it is shown to help.
 */
import { seededRandom } from '@quaestor/peft';
import { encoderOf, fitEncoder } from '../baseline/encoder.ts';
import { TabLlmError } from '../errors.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { meanBias, removeBias } from '../scoring/label-bias.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import type { LanguageScorer } from './language-scorer.ts';
import { canDecide, decideWeight, type LanguageEvidence, pick } from './language-weight.ts';
import { poolOpinions } from './pool-opinions.ts';
import { fitTabular, predictTabular } from './tabular-classifier.ts';

export interface TableClassifier {
  /** Whether predictions need the language model. */
  readonly asksLanguage: boolean;
  /** null: there were no or too few labels to decide on. */
  readonly evidence: LanguageEvidence | null;
  /** Cells in the schema's order → probabilities [rows, K]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

export interface FitOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  /** Class of each row. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Rows without labels, for means, categories and the language model's bias. */
  readonly unlabelled?: readonly (readonly string[])[];
  readonly language?: LanguageScorer;
  readonly trees?: number;
  readonly seed?: number;
}

/** Rows on which the bias is found, and labelled rows on which the weight is decided. */
const BIAS_ROWS = 64;
const WEIGHT_ROWS = 200;

/** @throws TabLlmError 'bad-data' without labels and without a language model */
export function fitClassifier(options: FitOptions): TableClassifier {
  const {
    schema,
    rows,
    labels,
    classes,
    unlabelled = [],
    language,
    trees = 300,
    seed = 0,
  } = options;
  const score = language && unbiased(language, [...unlabelled, ...rows].slice(0, BIAS_ROWS));
  if (rows.length === 0) {
    if (!score) {
      throw new TabLlmError('bad-data', 'There are no labelled rows and no language model to ask.');
    }
    const predict = (some: readonly (readonly string[])[]) => labelProbabilities(score(some));
    return { asksLanguage: true, evidence: null, predict };
  }
  const encoder = encoderOf(schema, fitEncoder(schema, [...rows, ...unlabelled]));
  const x = encoder.encode(rows);
  const model = fitTabular(x, labels, classes, { trees, seed });
  const tabular = (some: readonly (readonly string[])[]) =>
    predictTabular(model, encoder.encode(some));
  const asked = seededRandom(seed)
    .shuffle([...rows.keys()])
    .slice(0, WEIGHT_ROWS);
  const known = Int32Array.from(asked, (i) => labels[i] as number);
  const evidence =
    score && canDecide(known, classes)
      ? decideWeight(
          pick(x, asked),
          known,
          classes,
          score(asked.map((i) => rows[i] as readonly string[])),
          { seed },
        )
      : null;
  if (!score || !evidence || evidence.weight === 0) {
    return { asksLanguage: false, evidence, predict: tabular };
  }
  return {
    asksLanguage: true,
    evidence,
    predict: (some) => poolOpinions(tabular(some), score(some), evidence.weight),
  };
}

function unbiased(score: LanguageScorer, rows: readonly (readonly string[])[]): LanguageScorer {
  let bias: number[] | undefined;
  return (some) => {
    bias ??= meanBias(score(rows.length > 0 ? rows : some));
    return removeBias(score(some), bias);
  };
}
