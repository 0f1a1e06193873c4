import { seededRandom } from '@quaestor/peft';
import { afterEach, describe, expect, it } from 'vitest';
import { predictEncoded } from './encoded-model.ts';
import { fitTable, type LearnedTable } from './fit-table.ts';
import { predictRows } from './predict-rows.ts';
import { type PredictionThreads, startPredictionThreads } from './prediction-threads.ts';
import { rowPredictor } from './row-predictor.ts';

const random = seededRandom(8);
const rows = Array.from({ length: 400 }, () => [
  String(random.integer(1000)),
  ['red', 'green', 'blue'][random.integer(3)] as string,
]);
const learn = (label: (row: readonly string[]) => string): Promise<LearnedTable> =>
  fitTable({
    columns: ['size', 'colour'],
    target: 'label',
    rows: rows.slice(0, 120),
    labels: rows.slice(0, 120).map(label),
    trees: 20,
  });
const large = ([size, colour]: readonly string[]) => Number(size) > 500 || colour === 'red';
const tables = {
  'two classes': () => learn((row) => (large(row) ? 'yes' : 'no')),
  'three classes': () => learn(([, colour]) => colour as string),
  'a quantity': () =>
    learn(([size, colour]) => (Number(size) * 1.5 + (colour ?? '').length).toFixed(1)),
};

function stepsOf(learned: LearnedTable) {
  const { steps } = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  if (!steps) throw new Error('expected a model of the table alone');
  return steps;
}

let threads: PredictionThreads | undefined;
afterEach(() => threads?.close());

async function untilReady(): Promise<void> {
  while (!threads?.ready) await new Promise((done) => setTimeout(done, 20));
}

describe('prediction threads', () => {
  it.each(Object.entries(tables))('say the same bits of %s', async (_, table) => {
    const { model, encode } = stepsOf(await table());
    threads = startPredictionThreads(model, 2);
    // Asked before they have started, and more than there are threads.
    const pieces = [rows.slice(0, 7), rows.slice(7, 8), [], rows.slice(8, 200), rows.slice(200)];
    const said = await Promise.all(pieces.map((piece) => threads?.predict(encode(piece))));
    expect(said).toEqual(pieces.map((piece) => predictEncoded(model, encode(piece))));
  });

  it('tell of a failure, and go on telling', async () => {
    const { model, encode } = stepsOf(await tables['two classes']());
    threads = startPredictionThreads({ ...model, kind: 'quantity' } as never, 2);
    await untilReady();
    const failed = { code: 'thread-failed', message: expect.stringContaining('threads 1') };
    await expect(threads.predict(encode(rows))).rejects.toMatchObject(failed);
    await expect(threads.predict(encode(rows))).rejects.toMatchObject(failed);
  });

  it('stop in the middle of their work', async () => {
    const { model, encode } = stepsOf(await tables['two classes']());
    threads = startPredictionThreads(model, 1);
    const said = expect(threads.predict(encode(rows))).rejects.toMatchObject({
      code: 'thread-failed',
    });
    await threads.close();
    await said;
  });
});

describe('rowPredictor', () => {
  it('goes over to threads in a large table and says the same', async () => {
    const learned = await tables['two classes']();
    const predictor = rowPredictor(learned, 2, 50);
    try {
      for (let round = 0; round < 40; round++) {
        expect(await predictor.predict(rows)).toEqual(predictRows(learned, rows));
        await new Promise((done) => setTimeout(done, 50));
      }
    } finally {
      await predictor.close();
    }
  });
});
