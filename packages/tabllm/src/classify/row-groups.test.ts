import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { heldReport } from './evaluate-rows.ts';
import { fitTable } from './fit-table.ts';
import { joinGroups, rowGroups } from './row-groups.ts';

const random = seededRandom(4);
const columns = ['customer', 'month', 'usage'];
/** Forty customers of six months each, whose labels are tosses of a coin. */
const customers = Array.from({ length: 40 }, (_, i) => ({
  name: `K${1000 + i}`,
  label: random.integer(2) ? 'yes' : 'no',
  usage: 100 * random.normal(),
}));
const months = random.shuffle(
  customers.flatMap(({ name, label, usage }) =>
    Array.from({ length: 6 }, (_, m) => ({
      row: [name, `${m + 1}`, (usage + random.normal()).toFixed(1)],
      label,
    })),
  ),
);
const rows = months.map(({ row }) => row);
const labels = months.map(({ label }) => label);
const found = (changed: Partial<Parameters<typeof rowGroups>[0]> = {}) => {
  const some = changed.rows ?? rows;
  const schema = inferSchema(columns, some);
  const given = { schema, target: 'churn', rows: some, labels, unlabelled: [], group: undefined };
  const { groups, warnings } = rowGroups({ ...given, ...changed });
  return { groups: groups && new Set(groups).size, said: warnings.map(({ en }) => en).join() };
};
const called = (names: (name: string) => string) =>
  rows.map(([name = '', ...rest]) => [names(name), ...rest]);

describe('rows that belong together', () => {
  it('are told by a column like an identifier whose values have one label each', () => {
    expect(found()).toEqual({
      groups: 40,
      said: 'rows with the same customer have the same label, so that they are held out together: figures are of values of customer that are new',
    });
    const mistaken = labels.with(0, labels[0] === 'yes' ? 'no' : 'yes');
    expect(found({ labels: mistaken }).groups).toBe(40);
  });

  it('are asked about where words tell the label, or values are known of rows to predict', () => {
    const asked = expect.stringMatching(
      /^rows with the same customer .* --group customer, or on the page/,
    );
    const words = called((name) => name.replace(/\d/g, (digit) => 'abcdefghij'[+digit] as string));
    expect(found({ rows: words })).toEqual({ groups: null, said: asked });
    expect(found({ unlabelled: rows.slice(0, 9) })).toEqual({ groups: null, said: asked });
    const unknown = called((name) => `N${name}`);
    expect(found({ unlabelled: unknown.slice(0, 9) }).groups).toBe(40);
  });

  it('are none where values have labels as by chance, are few, or each row has its own', () => {
    const none = { groups: null, said: '' };
    expect(found({ labels: random.shuffle(labels) })).toEqual(none);
    expect(found({ rows: called((name) => `K${Number(name.slice(1)) % 12}`) })).toEqual(none);
    expect(found({ rows: rows.map(([, ...rest], i) => [`K${i}`, ...rest]) })).toEqual(none);
    const rare = labels.map((_, i) => (rows[i]?.[0] === 'K1000' ? 'yes' : 'no'));
    expect(found({ labels: rare })).toEqual(none);
  });

  it('are those of the column that is named, empty cells each alone', () => {
    expect(found({ group: 'month' }).groups).toBe(6);
    expect(found({ rows: rows.with(0, ['', '1', '2']), group: 'customer' }).groups).toBe(41);
    expect(() => found({ group: 'client' })).toThrow(
      'The table has no column "client" to group rows by; it has customer, month, usage.',
    );
  });

  it('are joined with copies where they share a row', () => {
    const [copies, groups] = [Int32Array.of(0, 1, 1, 2, 3), Int32Array.of(0, 0, 1, 2, 2)];
    const joined = joinGroups(copies, groups) ?? [];
    expect(new Set(joined.slice(0, 3)).size).toBe(1);
    expect(new Set(joined.slice(3)).size).toBe(1);
    expect(new Set(joined).size).toBe(2);
    expect([joinGroups(null, groups), joinGroups(copies, null)]).toEqual([groups, copies]);
  });
});

describe('figures of rows that belong together', () => {
  /** Tosses of a coin are told with an AUC of .5, give or take .15 with forty customers. */
  const CHANCE = 0.8;
  const learn = (given: {
    readonly labels: readonly string[];
    readonly group?: string;
    readonly without?: readonly string[];
  }) => fitTable({ columns, target: 'churn', rows, trees: 10, ...given });
  const figure = async (learning: ReturnType<typeof learn>) => {
    const report = heldReport(await learning, { draws: 0 });
    if (report === null) throw new Error('expected figures');
    return report.kind === 'classes' ? report.figures.auc.value : report.figures.r2.value;
  };

  it('do not know a customer by other months, of classes and of quantities', async () => {
    expect(await figure(learn({ labels }))).toBeLessThan(CHANCE);
    expect(await figure(learn({ labels, group: 'month' }))).toBeGreaterThan(0.95);
    const values = customers.map(() => `${100 * random.normal()}`);
    const own = rows.map(([name = '']) => values[Number(name.slice(1)) - 1000] as string);
    expect(await figure(learn({ labels: own }))).toBeLessThan(0.3);
    expect(await figure(learn({ labels: own, group: 'month' }))).toBeGreaterThan(0.7);
  });

  it('are known by a column that is not learned from', async () => {
    const without = ['customer'];
    expect(await figure(learn({ labels, without }))).toBeLessThan(CHANCE);
    expect(await figure(learn({ labels, without, group: 'month' }))).toBeGreaterThan(0.95);
    const learned = await learn({ labels, without });
    expect(learned.schema.columns.map(({ name }) => name)).toEqual(['month', 'usage']);
    await expect(learn({ labels, without: ['client'] })).rejects.toThrow(
      'The table has no column "client" to leave out; it has customer, month, usage.',
    );
  });
});
