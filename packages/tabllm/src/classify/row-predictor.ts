/**
 * Who predicts the rows of a table: at first the calling thread. A table that turns out to be large is
 * spread over threads as soon as they have started: this one then only finds where records end, and all
 * else is done elsewhere; the numbers are the same.
 */
import { availableParallelism } from 'node:os';
import { type Encoder, encoderOf } from '../baseline/encoder.ts';
import type { RecordPiece } from '../csv/records-of.ts';
import { type Ask, type AskedBlock, askBlock } from './ask-block.ts';
import { encodingOf } from './columns-read.ts';
import { predictEncoded } from './encoded-model.ts';
import type { LearnedTable } from './learned-table.ts';
import { partsToLeaveOut } from './left-out.ts';
import { type Opinion, opinionsOf } from './opinions.ts';
import { type PredictionThreads, startPredictionThreads } from './prediction-threads.ts';
import { type BlockPlan, blockReader } from './table-blocks.ts';

export interface PredictedBlock extends Omit<AskedBlock, 'said' | 'left'> {
  readonly opinions: readonly Opinion[];
  /** Where reasons are wanted: the cells, and opinions of each row without each of its features. */
  readonly left: {
    readonly cells: readonly (readonly string[])[];
    readonly opinions: readonly Opinion[];
  } | null;
}

export interface RowPredictor {
  /** How many pieces are best waited for at the same time. */
  readonly ahead: number;
  /**
   * The blocks of a piece, once.
   * @param skip rows of the piece that are passed over
   * @throws TabLlmError 'thread-failed'
   */
  predict(piece: RecordPiece, skip?: number): Promise<Iterable<PredictedBlock>>;
  close(): Promise<void>;
}

export interface RowPredictorOptions {
  /** Whether reasons are wanted; default false. */
  readonly explain?: boolean;
  /** Default: as many as there are cores; 1: the calling thread alone. */
  readonly threads?: number;
  /** Rows after which others are started; default: so many as are predicted while they start. */
  readonly large?: number;
}

/** Predictions of a pass of a language model at most. */
const ASKED = 256;
/** And of tabular models: what falls through trees at once, and so few that most are let go of before the garbage is collected. */
const TOGETHER = 128;
/** Starting threads takes as long as predicting some ten thousand rows. */
const LARGE = 20_000;

export function rowPredictor(
  learned: LearnedTable,
  reading: Omit<BlockPlan, 'size'>,
  { explain = false, threads = availableParallelism(), large = LARGE }: RowPredictorOptions = {},
): RowPredictor {
  const { schema, seen } = learned;
  const model = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  const { steps } = model;
  // Reasons take a prediction more for each part of a row.
  const parts = explain ? partsToLeaveOut(schema, encodingOf(learned)) : [];
  const views = 1 + parts.length;
  const plan = { ...reading, size: Math.ceil((steps ? TOGETHER : ASKED) / views) };
  const read = blockReader(plan);
  const beside = steps ? null : encoderBeside(learned);
  const ask: Ask = (rows, unread) => {
    if (steps) return predictEncoded(steps.model, steps.encode(rows, unread));
    beside?.encode(rows, unread);
    return model.predict(rows);
  };
  const asker = { ask, hashOf: seen.hashOf, explained: explain ? { schema, parts } : null };
  const opinions = (said: Float64Array) => opinionsOf(learned, steps ? steps.finish(said) : said);
  const toOpinions = ({ said, left, ...block }: AskedBlock): PredictedBlock => ({
    ...block,
    opinions: opinions(said),
    left: left && { cells: left.cells, opinions: opinions(left.said) },
  });
  const most = steps && !steps.readsText ? threads : 1;
  let others: PredictionThreads | null = null;
  let rowsSoFar = 0;

  function* predictHere(piece: RecordPiece, skip: number): Generator<PredictedBlock> {
    for (const block of read(piece, skip)) {
      rowsSoFar += block.read;
      yield toOpinions(askBlock(block, asker));
    }
  }

  function* lazily(blocks: readonly AskedBlock[]): Generator<PredictedBlock> {
    for (const block of blocks) yield toOpinions(block);
  }

  return {
    ahead: most > 1 ? 2 * most : 0,
    predict: async (piece, skip = 0) => {
      if (steps && most > 1 && rowsSoFar > large) {
        const { encoding, model } = steps;
        const { identity } = seen;
        others ??= startPredictionThreads(
          { plan, explain, schema, identity, encoding, model },
          most,
        );
      }
      if (!others?.ready) return predictHere(piece, skip);
      return lazily(await others.predict({ piece, skip }));
    },
    close: async () => others?.close(),
  };
}

/** Of the tabular models beside a language model, which takes so long that their rows can be encoded twice. */
function encoderBeside(learned: LearnedTable): Encoder | null {
  const tabular = learned.kind === 'classifier' ? learned.classifier.state.tabular : null;
  return tabular && encoderOf(learned.schema, tabular.encoding);
}
