import { seededRandom } from '@quaestor/peft';
import { afterEach, describe, expect, it } from 'vitest';
import { encoderOf } from '../baseline/encoder.ts';
import type { RecordPiece } from '../csv/records-of.ts';
import { rowHasher } from '../schema/row-identity.ts';
import { askBlock, type BlockAsker } from './ask-block.ts';
import { predictEncoded } from './encoded-model.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedTable } from './learned-table.ts';
import { partsToLeaveOut } from './left-out.ts';
import { predictRows } from './predict-rows.ts';
import {
  type PredictionThreads,
  startPredictionThreads,
  type ThreadProgram,
} from './prediction-threads.ts';
import { rowPredictor } from './row-predictor.ts';
import { bundleOf } from './source-bundle.ts';
import { blockReader } from './table-blocks.ts';

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

/** How the rows are read; the last column is the label. */
const reading = {
  shape: { dialect: { delimiter: ',', quote: '"' }, columns: 3, longest: 1000, header: [] },
  places: [0, 1],
  label: 2,
  id: 0,
  missing: [''],
  classes: [],
  unlabelledOnly: false,
};

function pieceOf(some: readonly (readonly string[])[]): RecordPiece {
  return { text: some.map((row) => `${row.join()},known\n`).join(''), records: null };
}

function programOf(learned: LearnedTable, explain = false): ThreadProgram {
  const { steps } = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  if (!steps) throw new Error('expected a model of the table alone');
  const { encoding, model } = steps;
  const plan = { ...reading, size: 30 };
  const { schema, seen } = learned;
  return { plan, explain, schema, identity: seen.identity, encoding, model };
}

/** What this thread says. */
function askHere(program: ThreadProgram, piece: RecordPiece) {
  const { plan, explain, schema, identity, encoding, model } = program;
  const { encode } = encoderOf(schema, encoding);
  const asker: BlockAsker = {
    ask: (some, unread) => predictEncoded(model, encode(some, unread)),
    hashOf: rowHasher(schema, identity),
    explained: explain ? { schema, parts: partsToLeaveOut(schema, encoding) } : null,
  };
  return Array.from(blockReader(plan)(piece, 0), (block) => askBlock(block, asker));
}

let threads: PredictionThreads | undefined;
afterEach(() => threads?.close());

async function untilReady(): Promise<void> {
  while (!threads?.ready) await new Promise((done) => setTimeout(done, 20));
}

describe('prediction threads', () => {
  it.each(Object.entries(tables))('say the same bits of %s', async (_, table) => {
    const program = programOf(await table(), true);
    threads = startPredictionThreads(program, 2);
    // Asked before they have started, and more than there are threads.
    const pieces = [
      ...[rows.slice(0, 7), rows.slice(7, 8), [], rows.slice(8, 200)].map(pieceOf),
      { text: null, records: [{ cells: ['7', 'red'], badQuotes: true }] },
      pieceOf([
        ['', 'violet'],
        ['many', 'RED'],
      ]),
    ];
    const said = await Promise.all(pieces.map((piece) => threads?.predict({ piece, skip: 0 })));
    expect(said).toEqual(pieces.map((piece) => askHere(program, piece)));
    expect(said.at(-1)?.[0]?.unread).toEqual(
      new Map([
        [0, { missing: 1, unread: 1, cell: 'many', row: 1 }],
        [1, { missing: 0, unread: 1, cell: 'violet', row: 0 }],
      ]),
    );
  });

  it('tell of a failure, and go on telling', async () => {
    const program = programOf(await tables['two classes']());
    const model = { ...program.model, kind: 'quantity' } as never;
    threads = startPredictionThreads({ ...program, model }, 2);
    await untilReady();
    const failed = { code: 'thread-failed', message: expect.stringContaining('threads 1') };
    const question = { piece: pieceOf(rows), skip: 0 };
    await expect(threads.predict(question)).rejects.toMatchObject(failed);
    await expect(threads.predict(question)).rejects.toMatchObject(failed);
  });

  it('have nothing of the engine in their program, which is small', () => {
    const program = bundleOf(new URL('prediction-worker.ts', import.meta.url));
    expect(program).toContain('sumsOfLeaves');
    expect(program).not.toMatch(/CodedError|ZodType|tfjs/);
    expect(program.length).toBeLessThan(150_000);
  });

  it('stop in the middle of their work', async () => {
    threads = startPredictionThreads(programOf(await tables['two classes']()), 1);
    const said = expect(threads.predict({ piece: pieceOf(rows), skip: 0 })).rejects.toMatchObject({
      code: 'thread-failed',
    });
    await threads.close();
    await said;
  });
});

describe('rowPredictor', () => {
  it('goes over to threads in a large table and says the same', async () => {
    const learned = await tables['two classes']();
    const [here, spread] = [
      rowPredictor(learned, reading, { threads: 1 }),
      rowPredictor(learned, reading, { threads: 2, large: 50 }),
    ];
    const expected = [...(await here.predict(pieceOf(rows), 3))];
    expect(expected.flatMap(({ opinions }) => opinions)).toEqual(
      predictRows(learned, rows.slice(3)),
    );
    try {
      for (let round = 0; round < 40; round++) {
        expect([...(await spread.predict(pieceOf(rows), 3))]).toEqual(expected);
        await new Promise((done) => setTimeout(done, 50));
      }
    } finally {
      await spread.close();
    }
  });
});
