/** What a table is learned with. */
import type { ThresholdRule } from '../metrics/threshold.ts';
import type { InferOptions } from '../schema/infer.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TextStates } from '../scoring/text-states.ts';
import type { ColumnExpert } from './column-expert.ts';
import type { PredictedRows } from './fresh-rows.ts';
import type { LanguageScorer } from './language-scorer.ts';

export interface ModelOptions extends InferOptions {
  /** Default 'auto': a quantity where all labels are numbers, and many, or some with decimals, a currency or a percentage. */
  readonly task?: 'auto' | 'classes' | 'quantity';
  /** The classes, where there are no labelled rows to read them from. */
  readonly classes?: readonly string[];
  readonly trees?: number;
  readonly seed?: number;
  /** Column whose rows of one value, such as those of a customer, are held out together; default: one that tells them is looked for. */
  readonly group?: string;
  /** Columns that are not learned from, and may tell all the same which rows belong together; default: none. */
  readonly without?: readonly string[];
  /** Class shares of the rows to be predicted, or `estimate` from the unlabelled ones; default: those of the labelled rows. */
  readonly prior?: readonly number[] | 'estimate';
  /** Where to say class 1; two classes. Default: the likelier one. */
  readonly threshold?: ThresholdRule;
  /** Weight of the language model where labels are too few to decide on one; default 0. */
  readonly languageWeight?: number;
  /** Stops the learning between two of its models. */
  readonly signal?: AbortSignal;
  /** Opens a language model that is asked about columns; called only if it may be of use. null: there is none after all. */
  readonly expert?: (learned: AskedTable) => Promise<ColumnExpert | null>;
  /**
   * Opens one that reads free text, see `textStates`; called only where a table with labels has some, and not too
   * much (`mostRead`), or a saved model reads text. null: there is none after all.
   */
  readonly states?: (asked: {
    /** Whether a saved model cannot do without. */
    readonly needed: boolean;
    /** What is read of it while learning; of a saved model not known yet. */
    readonly texts: readonly string[];
  }) => Promise<TextStates | null>;
  /** Cells of free text beyond which none is read; default `MOST_READ`. */
  readonly mostRead?: number;
  /** Opens one that reads every row, in the same way; beside an expert, where there is nothing but free text and no label. */
  readonly language?: (
    learned: AskedTable & {
      /** What a saved model was kept with, see `SaveOptions.asked`; null while learning. */
      readonly asked: Readonly<Record<string, string>> | null;
    },
  ) => Promise<LanguageScorer | null>;
}

/** What a language model is asked about. */
export interface AskedTable {
  readonly schema: TableSchema;
  readonly target: string;
  readonly classes: readonly string[];
  readonly labelled: number;
}

export interface FitTableOptions extends ModelOptions {
  /** Columns of the rows, without the target. */
  readonly columns: readonly string[];
  readonly target: string;
  readonly rows: readonly (readonly string[])[];
  /** Label cell of each row; a missing one leaves the row unlabelled, unless `classes` names it. */
  readonly labels: readonly string[];
  readonly unlabelled?: readonly (readonly string[])[];
  /** Of another table that is to be predicted, which may write its numbers in another way. */
  readonly predicted?: PredictedRows;
  /** Words for a missing label, such as NA, in the target of the rows without one, and how often. */
  readonly labelWords?: ReadonlyMap<string, number>;
  /** What each of the rows is called in warnings: its number in the table. */
  readonly rowNumbers?: readonly number[];
}
