/**
 * Who predicts the rows of a table: at first the calling thread. A table that turns out to be large is
 * spread over threads as soon as they have started; the numbers are the same.
 */
import { availableParallelism } from 'node:os';
import { predictEncoded } from './encoded-model.ts';
import type { LearnedTable } from './fit-table.ts';
import { type Opinion, opinionsOf, predictRows } from './predict-rows.ts';
import { type PredictionThreads, startPredictionThreads } from './prediction-threads.ts';

export interface RowPredictor {
  /** Rows that are best asked about together. */
  readonly piece: number;
  /** How many pieces are best waited for at the same time. */
  readonly ahead: number;
  /**
   * @param rows cells in the schema's order
   * @throws TabLlmError 'thread-failed'
   */
  predict(rows: readonly (readonly string[])[]): Promise<Opinion[]>;
  close(): Promise<void>;
}

/** Rows that a pass of a language model gets at most, and those that are worth a message. */
const ASKED = 256;
const SENT = 1024;
/** Starting threads takes as long as predicting some ten thousand rows. */
const LARGE = 20_000;

/** @param threads default: as many as there are cores; 1: the calling thread alone */
export function rowPredictor(
  learned: LearnedTable,
  threads = availableParallelism(),
  large = LARGE,
): RowPredictor {
  const { steps } = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  if (steps === null) {
    const predict = async (rows: readonly (readonly string[])[]) => predictRows(learned, rows);
    return { piece: ASKED, ahead: 0, predict, close: async () => {} };
  }
  const { model, encode, finish } = steps;
  let others: PredictionThreads | null = null;
  let rowsSoFar = 0;
  return {
    piece: SENT,
    ahead: threads > 1 ? 2 * threads : 0,
    predict: async (rows) => {
      rowsSoFar += rows.length;
      if (threads > 1 && rowsSoFar > large) others ??= startPredictionThreads(model, threads);
      const x = encode(rows);
      const said = others?.ready ? await others.predict(x) : predictEncoded(model, x);
      return opinionsOf(learned, finish(said));
    },
    close: async () => others?.close(),
  };
}
