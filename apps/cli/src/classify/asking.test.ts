import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inferSchema, type RowRecipe } from '@quaestor/tabllm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleAsking } from './asking.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-asking-'));
  writeFileSync(join(folder, 'row.txt'), 'Aged {age}.');
});
afterAll(() => rmSync(folder, { recursive: true }));

const trained: RowRecipe = {
  style: 'question-first',
  tables: [
    {
      target: 'label',
      columns: ['age', 'job'],
      classes: ['yes', 'no'],
      question: 'Rich?',
      words: ['rich', 'poor'],
      serialiser: 'list-template',
      template: null,
      preset: null,
    },
  ],
};
const schema = inferSchema(
  ['age', 'job'],
  Array.from({ length: 30 }, (_, i) => [`${20 + (i % 9)}`, i % 3 ? 'baker' : 'smith']),
);
const row = ['25', 'baker'];

describe('settleAsking', () => {
  const options = { target: 'label', seed: 0 };

  it('goes by the headers where nothing else is known', () => {
    const asking = settleAsking(options, ['no', 'yes'], null);
    expect(asking).toMatchObject({
      question: 'Label? Yes or no?',
      words: ['No', 'Yes'],
      style: 'paper',
    });
    expect(asking.writer(schema)(row)).toBe('The age is 25. The job is baker.');
  });

  it('asks as the adapter was taught, its words in the order of these classes', () => {
    const asking = settleAsking(options, ['no', 'yes'], trained);
    expect(asking).toMatchObject({
      question: 'Rich?',
      words: ['poor', 'rich'],
      style: 'question-first',
    });
    expect(asking.writer(schema)(row)).toBe('- age: 25\n- job: baker');
  });

  it('keeps only the style for another target or other classes', () => {
    const other = settleAsking({ ...options, target: 'sold' }, ['no', 'yes'], trained);
    expect(other).toMatchObject({ question: 'Sold? Yes or no?', style: 'question-first' });
    expect(settleAsking(options, ['a', 'b', 'c'], trained).words).toEqual(['a', 'b', 'c']);
  });

  it('lets flags decide first', () => {
    const given = { question: 'Well?', words: ['bad', 'good'], style: 'chat' as const };
    const asking = settleAsking(
      { ...options, ...given, template: join(folder, 'row.txt') },
      ['no', 'yes'],
      trained,
    );
    expect(asking).toMatchObject(given);
    expect(asking.writer(schema)(row)).toBe('Aged 25.');
    expect(asking.recipe).toMatchObject({ template: 'Aged {age}.', question: 'Well?' });
    const preset = settleAsking({ ...options, preset: 'blood' }, ['0', '1'], trained);
    expect(preset).toMatchObject({ question: 'Did the person donate blood? Yes or no?' });
  });

  it('gives the words of a preset to its classes by their numbers', () => {
    const words = (...classes: string[]) =>
      settleAsking({ ...options, preset: 'blood' }, classes, null).words;
    expect(words('0', '1')).toEqual(['No', 'Yes']);
    expect(words('1', '0')).toEqual(['Yes', 'No']);
    expect(words('no', 'yes')).toEqual(['No', 'Yes']);
  });

  it('refuses a preset for a table that has none of its columns', () => {
    const { describe, writer } = settleAsking({ ...options, preset: 'blood' }, ['0', '1'], null);
    const refused = /columns recency, frequency, monetary, time; this one has age, job/;
    expect(() => describe(schema)).toThrow(refused);
    expect(() => writer(schema)).toThrow(refused);
  });

  it('exchanges the values of the rows that it is given', () => {
    const asking = settleAsking({ ...options, serialiser: 'permuted-values' }, ['0', '1'], null);
    expect(asking.needsSample()).toBe(true);
    const sample = [
      ['21', 'baker'],
      ['28', 'smith'],
    ];
    expect(asking.writer(schema, sample)(['21', 'baker'])).toBe('- age: 28\n- job: smith');
    expect(() => asking.writer(schema)).toThrow(/give rows of it/);
    expect(settleAsking(options, ['0', '1'], null).needsSample()).toBe(false);
  });

  it('has a writer by the language model for those layouts alone', () => {
    const written = settleAsking({ ...options, serialiser: 'table-to-text' }, ['0', '1'], null);
    expect(written.textWriter?.name).toBe('table-to-text');
    expect(written.writer(schema)(row)).toBe('The age is 25. The job is baker.');
    expect(settleAsking(options, ['0', '1'], null).textWriter).toBeNull();
  });

  it('refuses words that do not fit the classes', () => {
    expect(() => settleAsking({ ...options, preset: 'car' }, ['0', '1'], null)).toThrow(
      /classes 0, 1; expected a word for each, got Unacceptable/,
    );
  });
});
