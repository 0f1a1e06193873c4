/** Where predictions go: a CSV file that can be gone on with, CSV or JSON on standard output. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Language, Translated } from '@quaestor/peft';
import {
  csvText,
  type OutputCell,
  openOutput,
  type Prediction,
  roundedQuantity,
} from '@quaestor/tabllm';

export interface PredictionSink {
  /** Rows that an earlier run has written. */
  readonly done: number;
  write(predictions: readonly Prediction[]): Promise<void>;
  /** @param summary told as JSON where that was asked for */
  finish(summary: object): Promise<void>;
  /** Leaves things as they are after a stop. */
  stop(): Promise<void>;
}

export interface SinkOptions {
  /** null: the target is a quantity. */
  readonly classes: readonly string[] | null;
  /** Standard deviation of the labels of a quantity; null: the target has classes. */
  readonly scale: number | null;
  /** Whether reasons are told. */
  readonly explained: boolean;
  /** Of reasons and warnings. */
  readonly language: Language;
  /** Header of the column that tells rows apart. */
  readonly id: string | undefined;
  readonly json: boolean;
  readonly out: string | undefined;
  /** Whether CSV begins with a byte order mark. */
  readonly bom: boolean;
  /** Tells this work from other work that was begun under the same file name. */
  readonly fingerprint: string;
  /** Told when rows are in the file, for a later run to go on from. */
  readonly onKept: () => void;
}

export async function openSink(stdout: Writable, options: SinkOptions): Promise<PredictionSink> {
  const { json, out, bom, fingerprint, onKept } = options;
  if (out === undefined) return json ? jsonSink(stdout, options) : csvStreamSink(stdout, options);
  const columns = header(options);
  const output = await openOutput(out, { columns, fingerprint, marked: bom, onKept });
  return {
    done: output.done,
    write: (predictions) => output.write(predictions.map((one) => cellsOf(one, options))),
    stop: () => output.stop(),
    finish: async (summary) => {
      await output.finish();
      if (json) await send(stdout, `${JSON.stringify({ ...summary, out }, null, 2)}\n`);
    },
  };
}

async function csvStreamSink(stream: Writable, options: SinkOptions): Promise<PredictionSink> {
  await send(stream, `${options.bom ? '\ufeff' : ''}${csvText([header(options)])}`);
  return {
    done: 0,
    write: (predictions) => send(stream, csvText(predictions.map((one) => cellsOf(one, options)))),
    finish: async () => {},
    stop: async () => {},
  };
}

/** One object: the predictions, then the summary. */
function jsonSink(stream: Writable, options: SinkOptions): PredictionSink {
  let before = '{"predictions":[\n';
  return {
    done: 0,
    write: async (predictions) => {
      for (const prediction of predictions) {
        await send(stream, `${before}${JSON.stringify(objectOf(prediction, options))}`);
        before = ',\n';
      }
    },
    finish: async (summary) => {
      const opened = before.startsWith('{') ? before : '';
      await send(stream, `${opened}],${JSON.stringify(summary, null, 2).slice(1)}\n`);
    },
    stop: async () => {},
  };
}

function header({ classes, id, explained }: SinkOptions): string[] {
  const figures = classes ? [...classes.map((name) => `p_${name}`), 'margin'] : ['low', 'high'];
  const told = explained ? ['reasons', 'warnings'] : ['warnings'];
  return [id ?? 'row', 'prediction', ...figures, ...told];
}

/** Whether a table has the columns of predictions, of whatever classes. */
export function arePredictions(columns: readonly string[]): boolean {
  // Beside an identifier of the same name a column is read under another.
  const [, second, ...rest] = columns.map((name) => name.replace(/_2$/, ''));
  const figures = rest.includes('margin') || (rest.includes('low') && rest.includes('high'));
  return second === 'prediction' && figures && rest.at(-1) === 'warnings';
}

function cellsOf(
  prediction: Prediction,
  { classes, scale, explained, language }: SinkOptions,
): OutputCell[] {
  const { id, row, warnings, reasons = [] } = prediction;
  const figures =
    prediction.kind === 'class'
      ? [
          classes?.[prediction.predicted] as string,
          ...prediction.probabilities.map(round),
          round(prediction.margin),
        ]
      : [prediction.value, prediction.low, prediction.high].map((value) =>
          value === null ? null : roundedQuantity(value, scale ?? 1),
        );
  const inOne = (texts: readonly Translated[]) =>
    texts.map((said) => said[language]).join(language === 'zh' ? '；' : '; ');
  const told = explained ? [inOne(reasons.map(({ words }) => words))] : [];
  return [id ?? row, ...figures, ...told, inOne(warnings)];
}

function objectOf(prediction: Prediction, { classes, language }: SinkOptions): object {
  const told = {
    ...(prediction.reasons && {
      reasons: prediction.reasons.map((one) => ({ ...one, words: one.words[language] })),
    }),
    warnings: prediction.warnings.map((said) => said[language]),
  };
  if (prediction.kind === 'value') {
    const { kind: _, seen: _warned, value, ...rest } = prediction;
    return { ...rest, ...told, prediction: value };
  }
  const { kind: _, seen: _warned, predicted, ...rest } = prediction;
  return { ...rest, ...told, prediction: classes?.[predicted] };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** Waits where the reader is slower. */
async function send(stream: Writable, text: string): Promise<void> {
  // Nobody reads it any more; a model that is to be saved is saved all the same.
  if (text === '' || stream.destroyed || stream.errored) return;
  if (stream.write(text)) return;
  await once(stream, 'drain').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
