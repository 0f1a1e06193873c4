/** Where predictions go: a CSV file that can be gone on with, CSV or JSON on standard output. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { csvText, type OutputCell, openOutput, type Prediction } from '@quaestor/tabllm';

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
  readonly classes: readonly string[];
  /** Header of the column that tells rows apart. */
  readonly id: string | undefined;
  readonly json: boolean;
  readonly out: string | undefined;
  /** Tells this work from other work that was begun under the same file name. */
  readonly fingerprint: string;
}

export async function openSink(stdout: Writable, options: SinkOptions): Promise<PredictionSink> {
  const { classes, id, json, out, fingerprint } = options;
  if (out === undefined)
    return json ? jsonSink(stdout, classes) : csvStreamSink(stdout, classes, id);
  const output = await openOutput(out, { columns: header(classes, id), fingerprint });
  return {
    done: output.done,
    write: (predictions) => output.write(predictions.map((one) => cellsOf(one, classes))),
    stop: () => output.stop(),
    finish: async (summary) => {
      await output.finish();
      if (json) await send(stdout, `${JSON.stringify({ ...summary, out }, null, 2)}\n`);
    },
  };
}

async function csvStreamSink(
  stream: Writable,
  classes: readonly string[],
  id: string | undefined,
): Promise<PredictionSink> {
  await send(stream, csvText([header(classes, id)]));
  return {
    done: 0,
    write: (predictions) => send(stream, csvText(predictions.map((one) => cellsOf(one, classes)))),
    finish: async () => {},
    stop: async () => {},
  };
}

/** One object: the predictions, then the summary. */
function jsonSink(stream: Writable, classes: readonly string[]): PredictionSink {
  let before = '{"predictions":[\n';
  return {
    done: 0,
    write: async (predictions) => {
      for (const { predicted, ...rest } of predictions) {
        await send(
          stream,
          `${before}${JSON.stringify({ ...rest, prediction: classes[predicted] })}`,
        );
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

function header(classes: readonly string[], id: string | undefined): string[] {
  return [id ?? 'row', 'prediction', ...classes.map((name) => `p_${name}`), 'margin', 'warnings'];
}

function cellsOf(prediction: Prediction, classes: readonly string[]): OutputCell[] {
  const { id, row, predicted, probabilities, margin, warnings } = prediction;
  return [
    id ?? row,
    classes[predicted] as string,
    ...probabilities.map(round),
    round(margin),
    warnings.join('; '),
  ];
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** Waits where the reader is slower. */
async function send(stream: Writable, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
