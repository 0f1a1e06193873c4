import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';
import { type RowIdentity, rowHasher } from './row-identity.ts';

const columns = ['id', 'amount', 'city', 'opened', 'insured', 'note'];
const rows = Array.from({ length: 60 }, (_, i) => [
  `A-${i}`,
  (1000.5 + i).toFixed(2),
  ['Munich', 'Cologne', 'Bonn'][i % 3] as string,
  `2023-03-${String(1 + (i % 28)).padStart(2, '0')}`,
  i % 2 ? 'yes' : 'no',
  `words that come once, ${i} of them`,
]);
const schema = inferSchema(columns, rows, { kinds: new Map([['note', 'text']]) });
const row = ['A-1', '1234.50', 'Munich', '2023-03-05', 'yes', 'a note'];

/** Whether the row is the same with these cells in place of its own. */
function isSame(cells: Readonly<Record<string, string>>, identity: RowIdentity = 'read'): boolean {
  const hashOf = rowHasher(schema, identity);
  return hashOf(row) === hashOf(columns.map((name, i) => cells[name] ?? (row[i] as string)));
}

describe('rows are the same', () => {
  it.each([
    { id: 'Z0' },
    { note: 'another' },
    { amount: '1234.5' },
    { amount: ' 1234.500 ' },
    { amount: '1,234.5' },
    { city: 'MUNICH' },
    { city: ' munich ' },
    { insured: 'Yes' },
    { opened: '2023-3-5' },
    { opened: '2023-03-05 00:00' },
  ])('with %o', (cells) => expect(isSame(cells)).toBe(true));

  it('with any sign for a cell that is missing', () => {
    const hashOf = rowHasher(schema, 'read');
    const hashes = ['', 'NA', ' n/a '].map((none) => hashOf(['A', none, none, none, none, '']));
    expect(new Set(hashes).size).toBe(1);
  });
});

describe('rows are others', () => {
  it.each([
    { amount: '1234.51' },
    { amount: '-1234.5' },
    { amount: '' },
    { amount: 'many' },
    { city: 'Bonn' },
    { city: 'Mu nich' },
    { city: '' },
    { opened: '2023-03-06' },
    { insured: 'no' },
  ])('with %o', (cells) => expect(isSame(cells)).toBe(false));

  it('by another text where text is read, and by every letter where cells are as written', () => {
    expect(isSame({ note: 'another' }, 'read-with-text')).toBe(false);
    expect(isSame({ note: 'A NOTE', id: 'Z' }, 'read-with-text')).toBe(true);
    expect(isSame({ amount: '1234.5' }, 'written')).toBe(false);
    expect(isSame({ id: 'Z' }, 'written')).toBe(false);
  });

  it('where cells run together or change places', () => {
    const words = inferSchema(
      ['a', 'b'],
      [
        ['ab', 'c'],
        ['a', 'bc'],
        ['c', 'ab'],
      ],
    );
    for (const identity of ['read', 'written'] as const) {
      const hashes = [
        ['ab', 'c'],
        ['a', 'bc'],
        ['c', 'ab'],
      ].map(rowHasher(words, identity));
      expect(new Set(hashes).size).toBe(3);
    }
  });

  it('by what there is where nothing else is left', () => {
    const texts = rows.map(([id, , , , , note]) => [id as string, note as string]);
    const kinds = new Map([['note', 'text' as const]]);
    const hashes = texts.map(rowHasher(inferSchema(['id', 'note'], texts, { kinds }), 'read'));
    expect(new Set(hashes).size).toBe(60);
    const ids = texts.map(([id]) => [id as string]);
    expect(new Set(ids.map(rowHasher(inferSchema(['id'], ids), 'read'))).size).toBe(60);
  });
});

it('hundred thousand rows of small numbers are all different', () => {
  const random = seededRandom(5);
  const pair = (i: number) => [`${i % 400}`, `${Math.floor(i / 400)}`];
  const some = Array.from({ length: 100 }, () => pair(random.integer(100_000)));
  const hashOf = rowHasher(inferSchema(['a', 'b'], some), 'read');
  const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => hashOf(pair(i))));
  expect(hashes.size).toBe(100_000);
});
