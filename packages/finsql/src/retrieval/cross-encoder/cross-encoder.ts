/**
 * FinSQL's parallel cross-encoder on the first layers of a decoder: a question with each of several
 * tables as one batch of packed rows, LoRA on the layers, a head for tables and one for columns.
 */
import {
  type Adapter,
  attachTuner,
  cast,
  engine,
  firstLayers,
  hiddenRows,
  type LanguageModel,
  packSequences,
  type Random,
  type StepLoss,
  type TrainExample,
  withByteProducts,
} from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../../errors.ts';
import type { Table } from '../../schema/schema.ts';
import { focalLoss } from './focal-loss.ts';
import { createHead } from './heads.ts';
import { type EncodedTable, encodePair, encodeTable, type Pair } from './pair.ts';
import { withHeads } from './with-heads.ts';

export const crossEncoderConfig = z.object({
  layers: z.int().positive().default(6).describe('layers of the base model'),
  inner: z.int().positive().default(64).describe('width of the heads’ hidden layer'),
  r: z.int().positive().default(8).describe('rank of the LoRA'),
  lora_alpha: z.number().positive().default(16).describe('scale of the corrections, over r'),
});

export type CrossEncoderConfig = z.infer<typeof crossEncoderConfig>;

/** What a table and its columns are worth to a question, as probabilities. */
export interface TableScores {
  readonly table: number;
  /** In stored order; 0 for columns that found no room. */
  readonly columns: readonly number[];
}

/** A question with a table, and what of it gold uses. */
export interface LabelledPair extends TrainExample {
  readonly pair: Pair;
  readonly table: 0 | 1;
  readonly columns: readonly (0 | 1)[];
}

export interface CrossEncoder {
  readonly model: LanguageModel;
  /** The LoRA with the heads, for `train` and for files. */
  readonly adapter: Adapter;
  /** Probabilities of each table, all in one pass. */
  score(question: string, tables: readonly Table[]): TableScores[];
  label(
    question: string,
    table: Table,
    needed: boolean,
    isNeeded: (column: string) => boolean,
  ): LabelledPair;
  /** For `train`: mean over the pairs of a step. */
  readonly loss: StepLoss<LabelledPair>;
  /** Frees what was made here; the base stays. */
  dispose(): void;
}

/**
 * A cross-encoder over a base model into which nothing is merged.
 * @throws FinSqlError `no-generator` when the model has no tokenizer; PeftError for too many layers
 */
export function createCrossEncoder(
  base: LanguageModel,
  config: CrossEncoderConfig,
  random: Random,
): CrossEncoder {
  const { tokenizer } = base;
  if (tokenizer === null) {
    throw new FinSqlError('no-generator', {
      en: `${base.name} has no tokenizer, so it can read no tables.`,
      zh: `${base.name} 没有分词器，无法读取表。`,
    });
  }
  const model = firstLayers(base, config.layers);
  const { r, lora_alpha } = config;
  const lora = attachTuner(model, 'lora', { r, lora_alpha, target_modules: 'all-linear' }, random);
  const width = model.config.hidden_size;
  const heads = {
    table: createHead('table', width, config.inner, random),
    column: createHead('column', width, config.inner, random),
  };
  const own = [...heads.table.variables, ...heads.column.variables];
  const encoded = new WeakMap<Table, EncodedTable>();
  const pairOf = (question: string, table: Table) => {
    const known = encoded.get(table) ?? encodeTable(tokenizer, table);
    encoded.set(table, known);
    return encodePair(tokenizer, question, known);
  };
  const logitsOf = (pairs: readonly Pair[]) => {
    const { tf } = engine();
    const starts = offsets(pairs);
    const tableRows = pairs.map(({ tableAt }, at) => (starts[at] ?? 0) + tableAt);
    const columnRows = pairs.flatMap(({ columnsAt }, at) =>
      columnsAt.map((row) => (starts[at] ?? 0) + row),
    );
    const packed = packSequences(pairs.map(({ ids }) => ids));
    const hidden = cast(hiddenRows(model, packed, [...tableRows, ...columnRows]), 'float32');
    const count = tableRows.length;
    return {
      tables: heads.table.logits(tf.slice(hidden, [0, 0], [count, width])),
      columns: heads.column.logits(tf.slice(hidden, [count, 0], [columnRows.length, width])),
    };
  };
  return {
    model,
    adapter: withHeads(lora, own),
    score(question, tables) {
      if (tables.length === 0) return [];
      const pairs = tables.map((table) => pairOf(question, table));
      const [ofTables, ofColumns] = engine().tf.tidy(() => {
        const { tables: t, columns: c } = withByteProducts(model.answersInBytes, () =>
          logitsOf(pairs),
        );
        return [t.dataSync(), c.dataSync()];
      });
      let next = 0;
      return pairs.map(({ columnsAt }, at) => {
        const begin = next;
        next += columnsAt.length;
        return {
          table: sigmoid(ofTables?.[at] ?? 0),
          columns: (tables[at]?.columns ?? []).map((_, column) =>
            column < columnsAt.length ? sigmoid(ofColumns?.[begin + column] ?? 0) : 0,
          ),
        };
      });
    },
    label(question, table, needed, isNeeded) {
      const pair = pairOf(question, table);
      const columns = table.columns
        .slice(0, pair.columnsAt.length)
        .map(({ name }) => (needed && isNeeded(name) ? 1 : 0));
      return {
        ids: pair.ids,
        labelStart: pair.ids.length - 1,
        pair,
        table: needed ? 1 : 0,
        columns,
      };
    },
    loss(_, labelled, step) {
      const { tf } = engine();
      const { tables, columns } = logitsOf(labelled.map(({ pair }) => pair));
      const ofTables = focalLoss(
        tables,
        labelled.map(({ table }) => table),
        labelled.map(() => 1),
      );
      const ofColumns = focalLoss(
        columns,
        labelled.flatMap((example) => example.columns),
        labelled.flatMap((example) => example.columns.map(() => 1 / example.columns.length)),
      );
      return tf.div(tf.add(ofTables, ofColumns), step.length) as ReturnType<typeof focalLoss>;
    },
    dispose() {
      lora.detach();
      for (const { variable } of own) variable.dispose();
    },
  };
}

function offsets(pairs: readonly Pair[]): number[] {
  let next = 0;
  return pairs.map(({ ids }) => {
    next += ids.length;
    return next - ids.length;
  });
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
