import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LanguageModel, loadEngine, seededRandom } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readsMeanings } from '../baseline/encoder.ts';
import { type TextStates, textStates } from '../scoring/text-states.ts';
import { encodingOf } from './columns-read.ts';
import { explainRows } from './explain.ts';
import { fitTable } from './fit-table.ts';
import { permutationImportance } from './importance.ts';
import { loadModel } from './load-model.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';
import { predictTable } from './predict-table.ts';
import { MOST_READ } from './read-texts.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-texts-'));
let model: LanguageModel;
let states: TextStates;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
  states = textStates({ model });
});
afterAll(() => {
  model.dispose();
  rmSync(folder, { recursive: true });
});

const random = seededRandom(8);
const pick = (words: readonly string[]) => words[random.integer(words.length)] as string;
// Of words that no two rows need share, but of letters that tell.
const noise = (letters: string) =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => letters[random.integer(letters.length)]).join(''),
  ).join(' ');
const kinds = Array.from({ length: 120 }, () => pick(['loud', 'soft']));
const rows = kinds.map((kind) => [
  `${noise(kind === 'loud' ? 'KRTXZ' : 'aeilo')} ${pick(['yes', 'no', 'or'])}`,
  random.normal().toFixed(2),
]);
const given = { columns: ['note', 'amount'], target: 'kind', trees: 20 };
const train = { ...given, rows: rows.slice(0, 24), labels: kinds.slice(0, 24) };
const rest = { predicted: { rows: rows.slice(24), labelled: [] } };
const open = async () => states;

const right = (said: ReturnType<typeof predictRows>, classes: readonly string[]) =>
  said.filter((one, i) => one.kind === 'class' && classes[one.predicted] === kinds[24 + i]).length;

describe('free text that a language model reads', () => {
  it('tells classes that no word tells, and a quantity', async () => {
    const read = await fitTable({ ...train, ...rest, states: open });
    expect(readsMeanings(encodingOf(read))).toBe(true);
    expect(right(predictRows(read, rows.slice(24)), ['loud', 'soft'])).toBeGreaterThan(90);
    const blind = await fitTable({ ...train, ...rest });
    expect(readsMeanings(encodingOf(blind))).toBe(false);
    expect(right(predictRows(blind, rows.slice(24)), ['loud', 'soft'])).toBeLessThan(85);
    const amounts = kinds.map((kind) => `${(kind === 'loud' ? 50 : 10) + random.integer(5)}`);
    const quantity = await fitTable({
      ...{ ...train, ...rest, target: 'dose', task: 'quantity' },
      ...{ labels: amounts.slice(0, 24), states: open },
    });
    expect(readsMeanings(encodingOf(quantity))).toBe(true);
    const near = predictRows(quantity, rows.slice(24)).filter(
      (one, i) => one.kind === 'value' && Math.abs(one.value - Number(amounts[24 + i])) < 20,
    );
    expect(near.length).toBeGreaterThan(85);
  });

  it('is not listened to where other columns tell more, as names do', async () => {
    const sizes = rows.map(() => random.normal());
    const named = sizes.map((size) => [noise('KRTXZaeilo'), size.toFixed(2)]);
    const signs = sizes.map((size) => (size > 0 ? 'up' : 'down'));
    const amounts = sizes.map((size) => (100 * size + random.normal()).toFixed(1));
    for (const [labels, task] of [
      [signs, 'classes'],
      [amounts, 'quantity'],
    ] as const) {
      const learned = await fitTable({
        ...{ ...given, task, states: open },
        ...{ rows: named.slice(0, 40), labels: labels.slice(0, 40) },
        predicted: { rows: named.slice(40), labelled: [] },
      });
      expect(learned.schema.columns[0]?.kind).toBe('text');
      expect(readsMeanings(encodingOf(learned))).toBe(false);
    }
  });

  it('says the same after saving and loading, by the same language model alone', async () => {
    const learned = await fitTable({ ...train, ...rest, states: open });
    const path = join(folder, 'model');
    saveModel(learned, path);
    const loaded = await loadModel(path, { states: open });
    expect(predictRows(loaded, rows)).toEqual(predictRows(learned, rows));
    expect(modelCard(learned, { held: null, date: '2026-01-01' })).toContain(
      'A language model reads them',
    );
    await expect(loadModel(path)).rejects.toThrow(/needs it again/);
    await expect(
      loadModel(path, { states: async () => ({ ...states, model: 'other' }) }),
    ).rejects.toThrow(
      `made with the language model ${model.name}, and does not understand another`,
    );
    const file = join(path, 'model.json');
    const body = JSON.parse(readFileSync(file, 'utf8'));
    body.encoding.find(({ kind }: { kind: string }) => kind === 'text').meanings.axes.pop();
    writeFileSync(file, JSON.stringify(body));
    await expect(loadModel(path, { states: open })).rejects.toThrow(/axes and meanings differ/);
  });

  it('is read of a file on the calling thread, whatever threads there are', async () => {
    const file = join(folder, 'rows.csv');
    const lines = rows.map(([note, amount], i) => `${note},${amount},${i < 24 ? kinds[i] : ''}`);
    writeFileSync(file, ['note,amount,kind', ...lines].join('\n'));
    const learned = await fitTable({ ...train, ...rest, states: open });
    const said: number[] = [];
    const table = await predictTable(learned, file, { threads: 2 });
    for await (const some of table.predictions()) {
      for (const one of some) if (one.kind === 'class') said.push(one.predicted);
    }
    expect(said).toEqual(
      predictRows(learned, rows).map((one) => 'predicted' in one && one.predicted),
    );
    const reasons = explainRows(learned, rows.slice(24, 30));
    expect(reasons.every(([strongest]) => strongest?.column === 'note')).toBe(true);
    const [note] = permutationImportance(learned, rows.slice(24), kinds.slice(24), { repeats: 1 });
    expect(note).toMatchObject({ column: 'note' });
  });

  it('is left alone where there are no labels, too many cells, or nothing is said', async () => {
    const asked: string[] = [];
    const opener = (name: string) => async () => {
      asked.push(name);
      return states;
    };
    const many = Array.from({ length: MOST_READ }, (_, i) => rows[i % rows.length] as string[]);
    await fitTable({ ...train, predicted: { rows: many, labelled: [] }, states: opener('many') });
    const numbers = rows.map(([, amount = '']) => [amount, amount]);
    await fitTable({ ...train, rows: numbers.slice(0, 24), states: opener('no text') });
    await fitTable({ ...train, mostRead: 23, states: opener('too much') });
    expect(asked).toEqual([]);
    await fitTable({ ...train, mostRead: 24, states: opener('as much') });
    expect(asked).toEqual(['as much']);
    const none = await fitTable({ ...train, states: async () => null });
    expect(readsMeanings(encodingOf(none))).toBe(false);
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    const reading: TextStates = {
      ...states,
      read: (texts) => {
        stop.abort();
        return states.read(texts);
      },
    };
    await expect(
      fitTable({ ...train, ...rest, states: async () => reading, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});
