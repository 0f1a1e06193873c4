import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineSerialiser, findSerialiser, serialisers } from './index.ts';

const fields = [
  { name: 'age', value: '58' },
  { name: 'job', value: null },
  { name: 'city', value: 'Köln' },
];
const write = (name: string, options = {}) => findSerialiser(name).prepare(options)(fields);

describe('layouts', () => {
  it('say only what there is, unless told otherwise', () => {
    expect(write('text-template')).toBe('The age is 58. The city is Köln.');
    expect(write('text-template', { missing: 'unknown' })).toBe(
      'The age is 58. The job is unknown. The city is Köln.',
    );
    expect(write('list-template')).toBe('- age: 58\n- city: Köln');
    expect(write('values-only', { missing: 'blank' })).toBe('58\n\nKöln');
    expect(write('json', { missing: 'blank' })).toBe('{"age": 58, "job": null, "city": "Köln"}');
  });

  it('take given permutations', () => {
    expect(write('permuted-names', { permutation: [2, 0, 1] })).toBe('- age: Köln\n- job: 58');
  });

  it('shorten to the most important columns, in the order of the table', () => {
    expect(write('list-short', { limit: 1 })).toBe('- age: 58');
    expect(write('list-short', { limit: 2, importance: [2, 0, 1] })).toBe(
      '- age: 58\n- city: Köln',
    );
  });

  it('refuse a permutation that is none, and a limit that shows nothing', () => {
    for (const permutation of [
      [1, 2, 3],
      [0, 0, 1],
      [0, 1],
      [0.5, 1, 2],
    ]) {
      expect(() => write('permuted-names', { permutation })).toThrow(/each of 0 to 2 once/);
    }
    for (const limit of [-1, 0, 1.5]) {
      expect(() => write('list-short', { limit })).toThrow(/a whole number from 1 on/);
    }
  });

  it('keep their names', () => {
    const json = findSerialiser('json');
    expect(defineSerialiser(json)).toBe(json);
    expect(() => defineSerialiser({ ...json })).toThrow(/a serialiser "json" already/);
  });

  it('give names that there are when asked for others', () => {
    expect(() => findSerialiser('xml')).toThrow(/no serialiser "xml"; there are text-template, /);
  });
});

describe('every layout', () => {
  const row = fc.array(
    fc.record({ name: fc.string(), value: fc.option(fc.string({ minLength: 1 })) }),
    { minLength: 1, maxLength: 6 },
  );

  it.each(serialisers().map(({ name }) => name))('%s is a function of the row alone', (name) => {
    fc.assert(
      fc.property(row, fc.integer(), (some, seed) => {
        const options = { seed, sample: [some] };
        const first = findSerialiser(name).prepare(options);
        first([...some].reverse());
        expect(first(some)).toBe(findSerialiser(name).prepare(options)(some));
      }),
      { numRuns: 50 },
    );
  });
});

describe('json', () => {
  it('reads back as what was written, also under a name like __proto__', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('__proto__', 'constructor', '1', 'a"b'),
        fc.string({ minLength: 1 }),
        (name, value) => {
          const text = findSerialiser('json').prepare({})([{ name, value }]);
          const [[key, read] = []] = Object.entries(JSON.parse(text) as object);
          expect(key).toBe(name);
          expect(String(read)).toBe(value);
        },
      ),
    );
  });
});

describe('permuted-values', () => {
  const sample = Array.from({ length: 100 }, (_, i) => [
    { name: 'number', value: String(i) },
    { name: 'word', value: 'abcde'.charAt(i % 5) },
  ]);
  const permuted = findSerialiser('permuted-values').prepare({ sample, seed: 3 });
  const read = (text: string) => text.split('\n').map((line) => line.split(': ')[1]);

  it('moves every number into one other tenth and every word to one other word', () => {
    const images = new Map<string, Set<string>>();
    for (const row of sample) {
      const [number, word] = read(permuted(row));
      const tenth = String(Math.floor(Number(row[0]?.value) / 10));
      const target = String(Math.floor(Number(number) / 10));
      expect(target).not.toBe(tenth);
      images.set(tenth, (images.get(tenth) ?? new Set()).add(target));
      const own = row[1]?.value as string;
      expect(word).not.toBe(own);
      images.set(own, (images.get(own) ?? new Set()).add(word as string));
    }
    expect(images.size).toBe(15);
    for (const set of images.values()) expect(set.size).toBe(1);
  });
});
