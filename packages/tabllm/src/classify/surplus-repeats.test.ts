import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitTable } from './fit-table.ts';
import { rowsWithoutSurplus } from './surplus-repeats.ts';

const random = seededRandom(5);
const draw = (count: number, values: number) =>
  Array.from({ length: count }, () => [
    String(random.integer(values)),
    String(random.integer(values)),
  ]);
const places = (count: number) => Array.from({ length: count }, (_, i) => i);
const classesOf = (rows: readonly (readonly string[])[]) =>
  Int32Array.from(rows, ([a]) => (Number(a) % 2 === 0 ? 1 : 0));

describe('labelled rows that repeat each other', () => {
  const distinct = places(60).map((i) => [String(i), String(i % 7)]);
  const unlabelled = places(400).map((i) => [String(100 + i), String(i % 7)]);

  it('stay where there are none', () => {
    const labels = classesOf(distinct);
    expect(rowsWithoutSurplus({ rows: distinct, labels, unlabelled })).toEqual(places(60));
    expect(rowsWithoutSurplus({ rows: [], labels: new Int32Array(), unlabelled })).toEqual([]);
  });

  it('count once where a rare class was drawn again and again', () => {
    const rows = [...distinct, ...distinct.slice(0, 10), ...distinct.slice(0, 10)];
    expect(rowsWithoutSurplus({ rows, labels: classesOf(rows), unlabelled })).toEqual(places(60));
  });

  it('stay where rows without labels repeat each other as often', () => {
    const rows = draw(60, 6);
    expect(new Set(rows.map(String)).size).toBeLessThan(40);
    const coarse = draw(400, 6);
    const labels = classesOf(rows);
    expect(rowsWithoutSurplus({ rows, labels, unlabelled: coarse })).toEqual(places(60));
    const sorted = [...coarse].sort((a, b) => String(a).localeCompare(String(b)));
    expect(rowsWithoutSurplus({ rows, labels, unlabelled: sorted })).toEqual(places(60));
  });

  it('stay where too few rows without labels tell how many are usual', () => {
    const rows = [...distinct, ...distinct];
    const given = { rows, labels: classesOf(rows) };
    expect(rowsWithoutSurplus(given)).toEqual(places(120));
    expect(rowsWithoutSurplus({ ...given, unlabelled: unlabelled.slice(0, 119) })).toEqual(
      places(120),
    );
    expect(rowsWithoutSurplus({ ...given, unlabelled: unlabelled.slice(0, 120) })).toEqual(
      places(60),
    );
  });

  it('keep as many copies as there are without a label, and the shares of their labels', () => {
    const rows = [...distinct, ...Array.from({ length: 16 }, () => ['0', '0'])];
    const labels = Int32Array.from(rows, (_, i) => (i >= 72 ? 0 : 1));
    const met = [...unlabelled, ...Array.from({ length: 8 }, () => ['0', '0'])];
    const kept = rowsWithoutSurplus({ rows, labels, unlabelled: met });
    const copies = kept.filter((i) => rows[i]?.[0] === '0');
    expect(kept.length).toBe(59 + copies.length);
    // 13 copies of class 1 and 4 of class 0, of which 8 stay.
    expect(copies.filter((i) => labels[i] === 1)).toHaveLength(6);
    expect(copies.filter((i) => labels[i] === 0)).toHaveLength(2);
  });
});

describe('a model of a table that was balanced by repeating rows', () => {
  const columns = ['a', 'b'];
  const rows = places(80).map(() => [random.normal().toFixed(4), random.normal().toFixed(4)]);
  const labels = rows.map(([a]) => (Number(a) + random.normal() > 1 ? 'yes' : 'no'));
  const rare = rows.filter((_, i) => labels[i] === 'yes');
  const unlabelled = places(300).map(() => [
    random.normal().toFixed(4),
    random.normal().toFixed(4),
  ]);
  const fit = (copies: readonly (readonly string[])[]) =>
    fitTable({
      columns,
      target: 'answer',
      rows: [...rows, ...copies],
      labels: [...labels, ...copies.map(() => 'yes')],
      unlabelled,
      trees: 30,
    });

  it('is the model of the rows, and says that copies are left out', async () => {
    expect(rare.length).toBeGreaterThan(5);
    const [once, often] = [await fit([]), await fit([...rare, ...rare])];
    if (once.kind !== 'classifier' || often.kind !== 'classifier') throw new Error('no classes');
    expect(once.warnings).toEqual([]);
    expect(often.warnings.map(({ en }) => en)).toEqual([
      `${2 * rare.length} of ${80 + 2 * rare.length} labelled rows repeat others, far more than rows without labels do; these copies are left out`,
    ]);
    const [one, other] = [once, often].map(({ classifier }) => [...classifier.predict(unlabelled)]);
    const counts = [80 - rare.length, rare.length];
    expect([once.counts, often.counts]).toEqual([counts, counts]);
    for (const [i, p] of (one as number[]).entries()) expect(other?.[i]).toBeCloseTo(p, 2);
  });
});
