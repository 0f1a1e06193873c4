/** A model of a table: classes or a quantity, with what is known of it besides. */
import type { Translated } from '@quaestor/peft';
import type { SeenRows } from '../schema/leak.ts';
import type { NumberFormat } from '../schema/number-format.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TableClassifier } from './classifier.ts';
import type { Regressor } from './regressor.ts';

export interface LabelledRows {
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly labels: readonly string[];
}

/** What is known of a model besides the model. */
interface Learned {
  readonly schema: TableSchema;
  readonly target: string;
  /** Labelled rows. */
  readonly labelled: number;
  /** Of these, the ones that are the same as another, where that is not in the nature of the table. */
  readonly copies: number;
  readonly seed: number;
  /** Whether rows of the predicted table itself were learned from. */
  readonly fromItself: boolean;
  readonly seen: SeenRows;
  /** Some of the labelled rows, to tell what the model leans on; none in a loaded model. */
  readonly examples: LabelledRows;
  readonly warnings: readonly Translated[];
}

/** The same before anything is learned. */
export type LearnedSoFar = Omit<Learned, 'copies' | 'seen'>;

export interface LearnedClassifier extends Learned {
  readonly kind: 'classifier';
  readonly classes: readonly string[];
  /** Rows of each class that were learned from: labelled ones but for copies that are left out. */
  readonly counts: readonly number[];
  readonly classifier: TableClassifier;
}

export interface LearnedRegressor extends Learned {
  readonly kind: 'regressor';
  /** How the target's numbers are written. */
  readonly format: NumberFormat;
  readonly regressor: Regressor;
}

export type LearnedTable = LearnedClassifier | LearnedRegressor;
