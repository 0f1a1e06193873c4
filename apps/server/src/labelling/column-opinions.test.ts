import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReasonsRequest } from '../language/language-service.ts';
import { failing, testingDesk } from '../testing/labelling-desk.ts';
import { ColumnOpinions, type ColumnReader } from './column-opinions.ts';
import type { LabellingDesk } from './labelling-desk.ts';
import type { TextReader } from './text-readings.ts';

const testing = testingDesk();
const { store, learning, report } = testing;
afterAll(testing.close);

/** 60 things; what is big and red is large. */
const sizeOf = (row: number) => ((row - 1) * 37) % 60;
const kindOf = (row: number) => (sizeOf(row) >= 30 ? 'large' : 'small');
const line = (row: number) => `${sizeOf(row)},${row % 2 ? 'red' : 'blue'},${row % 7},`;
const TABLE = ['size,colour,rest,kind', ...Array.from({ length: 60 }, (_, i) => line(i + 1))].join(
  '\n',
);

/** Says that what is large has a high size; nothing else tells it anything. */
class Reader implements ColumnReader, TextReader {
  ready = true;
  asked: ReasonsRequest[] = [];
  aborted = 0;
  /** Awaited before it answers. */
  before: (signal: AbortSignal) => Promise<unknown> = async () => {};

  async reasons(request: ReasonsRequest, signal: AbortSignal) {
    this.asked.push(request);
    signal.addEventListener('abort', () => this.aborted++);
    await this.before(signal);
    return request.columns.map(({ name, values }) =>
      values.map((value) =>
        request.words.map((word) =>
          name === 'size' && (value === 'high') === (word === 'large') ? -2 : -4,
        ),
      ),
    );
  }

  /** The table has no text. */
  async states(): Promise<never> {
    throw new Error('nothing was to be read');
  }
}

const untilLeft = (signal: AbortSignal) =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
const calm = new AbortController().signal;
const classes = { target: 'kind', classes: ['small', 'large'], group: null, threshold: null };

let id: string;
let reader: Reader;
let desk: LabellingDesk;
beforeEach(async () => {
  id = await testing.begin(TABLE);
  reader = new Reader();
  desk = testing.desk();
});

const label = (...rows: readonly number[]) =>
  desk.label(id, { labels: rows.map((row) => ({ row, label: kindOf(row) })) });

describe('a labelling', () => {
  it('is learned from with what the language model says of its columns, asked once', async () => {
    desk.consult(reader);
    expect(await desk.configure(id, classes)).toMatchObject({ needs_no_labels: true });
    const none = await desk.fit(id, calm);
    expect(reader.asked).toEqual([
      {
        question: 'What is the kind? large or small?',
        words: ['large', 'small'],
        columns: [
          { name: 'size', values: ['low', 'high'] },
          { name: 'colour', values: ['blue', 'red'] },
          { name: 'rest', values: ['low', 'high'] },
        ],
      },
    ]);
    expect(none).toMatchObject({ labelled: 0, used: 0, report: null, expectations_weight: 0.25 });
    expect(none.suggestions).toHaveLength(20);
    const seen = await desk.opinions(id, [1, 34, 60], true, calm);
    expect(seen.map(({ row, predicted }) => [row, predicted])).toEqual(
      [1, 34, 60].map((row) => [row, kindOf(row)]),
    );
    expect(seen[0]?.reasons).toMatchObject([{ column: 'size' }]);
    expect(await desk.importance(id, calm)).toEqual([]);
    // Labels of one class alone teach nothing yet.
    await label(1);
    expect(await desk.fit(id, calm)).toMatchObject({ labelled: 1, used: 0 });
    await label(2, 3, 4, 5);
    const some = await desk.fit(id, calm);
    expect(some).toMatchObject({ labelled: 5, used: 5 });
    expect(some.expectations_weight).toBeGreaterThan(0);
    expect((await desk.importance(id, calm))[0]?.column).toBe('size');
    expect(reader.asked).toHaveLength(1);
  });

  it('keeps what was said, and asks anew when the columns change, not when the threshold does', async () => {
    desk.consult(reader);
    await desk.configure(id, classes);
    await desk.fit(id, calm);
    const again = testing.desk();
    expect(await again.get(id)).toMatchObject({ needs_no_labels: true });
    expect(await again.fit(id, calm)).toMatchObject({ expectations_weight: 0.25 });
    expect(again.answers(id)?.columns.map(({ column }) => column)).toEqual([
      ...['size', 'colour', 'rest'],
    ]);
    await desk.configure(id, { ...classes, threshold: { by: 'f1' } });
    await desk.fit(id, calm);
    expect(reader.asked).toHaveLength(1);
    await desk.configure(id, { ...classes, features: ['colour', 'size'] });
    expect(desk.answers(id)).toBeNull();
    await desk.fit(id, calm);
    expect(reader.asked[1]?.columns.map(({ name }) => name)).toEqual(['colour', 'size']);
  });

  it('does without a language model that is not there yet, is busy, or fails', async () => {
    expect(await desk.configure(id, classes)).toMatchObject({ needs_no_labels: false });
    await expect(desk.fit(id, calm)).rejects.toMatchObject({ code: 'bad-data' });
    await label(1, 2, 3, 4);
    expect(await desk.fit(id, calm)).toMatchObject({ used: 4, expectations_weight: null });
    reader.ready = false;
    desk.consult(reader);
    expect(await desk.fit(id, calm)).toMatchObject({ expectations_weight: null });
    expect(reader.asked).toEqual([]);
    reader.ready = true;
    reader.before = failing('too-busy');
    expect(await desk.fit(id, calm)).toMatchObject({ expectations_weight: null });
    reader.before = failing('timeout');
    expect(await desk.fit(id, calm)).toMatchObject({ expectations_weight: null });
    // It is not asked again for what takes it too long.
    reader.before = async () => {};
    expect(await desk.fit(id, calm)).toMatchObject({ expectations_weight: null });
    expect(reader.asked).toHaveLength(2);
    await desk.configure(id, { ...classes, features: ['size', 'colour'] });
    expect((await desk.fit(id, calm)).expectations_weight).toBeGreaterThan(0);
  });

  it('is not asked about for a quantity', async () => {
    desk.consult(reader);
    expect(
      await desk.configure(id, { target: 'size', group: null, threshold: null }),
    ).toMatchObject({
      settings: { kind: 'quantity' },
      needs_no_labels: false,
    });
    expect(await desk.fit(id, calm)).toMatchObject({ expectations_weight: null });
    expect(reader.asked).toEqual([]);
  });

  it('takes the question with it when it goes', async () => {
    desk.consult(reader);
    reader.before = untilLeft;
    await desk.configure(id, classes);
    const fit = desk.fit(id, calm);
    await expect.poll(() => reader.asked.length).toBe(1);
    desk.remove(id);
    await expect(fit).rejects.toThrow();
    expect(reader.aborted).toBe(1);
  });
});

it('lets nobody wait for long who can do without, and keeps what comes later', async () => {
  await desk.configure(id, classes);
  const settings = desk.settings(id);
  const opinions = new ColumnOpinions({ store, learning, report, patience: 20 });
  opinions.consult(reader);
  let answer = () => {};
  reader.before = () =>
    new Promise<void>((done) => {
      answer = done;
    });
  expect(await opinions.of(id, settings, false)).toBeNull();
  expect(await opinions.of(id, settings, false)).toBeNull();
  const needed = opinions.of(id, settings, true);
  await expect.poll(() => reader.asked.length).toBe(1);
  answer();
  expect((await needed)?.columns).toHaveLength(3);
  expect(await opinions.of(id, settings, false)).toEqual(await needed);
});
