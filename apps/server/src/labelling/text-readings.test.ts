import { type LanguageModel, loadEngine } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { textStates } from '@quaestor/tabllm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ServerError } from '../errors.ts';
import type { StatesRequest } from '../language/language-service.ts';
import { writtenStates } from '../language/state-bytes.ts';
import { failing, testingDesk } from '../testing/labelling-desk.ts';
import type { ColumnReader } from './column-opinions.ts';
import type { LabellingDesk } from './labelling-desk.ts';
import { type TextReader, TextReadings } from './text-readings.ts';

const testing = testingDesk();
const { store, learning, report } = testing;
let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => {
  model.dispose();
  testing.close();
});

const GOOD = ['great service', 'quick and friendly', 'happy with the card'];
const BAD = ['slow refund', 'charged twice', 'nobody answers the phone'];
const isGood = (row: number) => row % 2 === 0;
const memo = (row: number) =>
  `${(isGood(row) ? GOOD : BAD)[row % 3]} at branch ${(row * 7) % 11} on visit ${row}`;
const TABLE = ['memo,mood', ...Array.from({ length: 70 }, (_, i) => `${memo(i + 1)},`)].join('\n');

/** The tiny model, of whose columns nothing is expected. */
class Reader implements TextReader, ColumnReader {
  ready = true;
  asked: StatesRequest[] = [];
  before: (signal: AbortSignal) => Promise<unknown> = async () => {};

  async states(request: StatesRequest, signal: AbortSignal) {
    this.asked.push(request);
    await this.before(signal);
    return { model: model.name, ...writtenStates([...textStates({ model }).read(request.texts)]) };
  }

  async reasons(): Promise<never> {
    throw new ServerError('too-busy', 'not now');
  }

  get texts(): string[] {
    return this.asked.flatMap(({ texts }) => [...texts]);
  }
}

const calm = new AbortController().signal;
let id: string;
let reader: Reader;
let desk: LabellingDesk;
beforeEach(async () => {
  id = await testing.begin(TABLE);
  reader = new Reader();
  desk = testing.desk();
  const mood = { target: 'mood', classes: ['good', 'bad'], group: null, threshold: null };
  await desk.configure(id, mood);
  await label(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
});

const label = (...rows: readonly number[]) =>
  desk.label(id, { labels: rows.map((row) => ({ row, label: isGood(row) ? 'good' : 'bad' })) });

describe('free text of a labelling', () => {
  it('counts as the language model reads it, each text read once', async () => {
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: false });
    desk.consult(reader);
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: true, labelled: 12 });
    expect(reader.texts.toSorted()).toEqual(
      Array.from({ length: 70 }, (_, i) => memo(i + 1)).toSorted(),
    );
    const rows = Array.from({ length: 58 }, (_, i) => 13 + i);
    const said = await desk.opinions(id, rows, true, calm);
    const right = said.filter(({ row, predicted }) => predicted === (isGood(row) ? 'good' : 'bad'));
    expect(right.length).toBeGreaterThan(45);
    expect(said[0]?.reasons).toMatchObject([{ column: 'memo' }]);
    await label(13, 14);
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: true, labelled: 14 });
    expect((await desk.importance(id, calm))[0]?.column).toBe('memo');
    expect(reader.texts).toHaveLength(70);
  });

  it('counts by its words where the model is not there, busy or fails', async () => {
    reader.ready = false;
    desk.consult(reader);
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: false });
    expect(reader.asked).toEqual([]);
    reader.ready = true;
    reader.before = failing('too-busy');
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: false });
    expect(await desk.opinions(id, [20], false, calm)).toHaveLength(1);
    expect(reader.asked).toHaveLength(2);
    reader.before = failing('timeout');
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: false });
    reader.before = async () => {};
    expect(await desk.fit(id, calm)).toMatchObject({ text_read: false });
    expect(reader.asked).toHaveLength(3);
  });
});

describe('TextReadings', () => {
  const readings = (patience: number) => {
    const made = new TextReadings({ learning, report, patience });
    made.consult(reader);
    return made;
  };

  it('lets nobody wait for long, and goes on with what is asked for meanwhile', async () => {
    const file = store.file(id);
    const texts = readings(20);
    let answer = () => {};
    reader.before = () =>
      new Promise<void>((done) => {
        answer = done;
      });
    expect(await texts.read(file, ['one', 'two'])).toBe(false);
    expect(await texts.read(file, ['three'])).toBe(false);
    reader.before = async () => {};
    answer();
    await expect.poll(() => texts.read(file, ['three'])).toBe(true);
    expect(reader.asked.map((asked) => asked.texts)).toEqual([['one', 'two'], ['three']]);
  });

  it('is left with the table', async () => {
    const file = store.file(id);
    const texts = readings(60_000);
    reader.before = (signal) =>
      new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
    const read = texts.read(file, ['one']);
    await expect.poll(() => reader.asked.length).toBe(1);
    texts.leave(file);
    expect(await read).toBe(false);
  });
});
