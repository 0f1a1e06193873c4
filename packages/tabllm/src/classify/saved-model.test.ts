import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors, seededRandom } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encoderOf } from '../baseline/encoder.ts';
import { fitRegressionForest } from '../baseline/fit-regression-forest.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import { inferSchema } from '../schema/infer.ts';
import { SeenRows } from '../schema/leak.ts';
import type { ModelOptions } from './fit-options.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedTable } from './learned-table.ts';
import { loadModel } from './load-model.ts';
import { predictRows } from './predict-rows.ts';
import { regressorOf } from './regressor.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(3);
const rows = Array.from({ length: 120 }, () => [
  (random.normal() * 10).toFixed(2),
  ['low', 'medium', 'high'][random.integer(3)] as string,
  ['red', 'green', '__proto__'][random.integer(3)] as string,
]);
const columns = ['size', 'level', '__proto__'];
const amounts = rows.map(([size = '', level]) =>
  (Number(size) + (level === 'high' ? 9 : 0)).toFixed(2),
);
const two = amounts.map((amount) => (Number(amount) > 3 ? 'yes' : 'no'));
const three = amounts.map((amount) => (Number(amount) > 6 ? 'c' : Number(amount) > -2 ? 'b' : 'a'));

const prices = amounts.map((amount) => Math.exp(Number(amount) / 10).toFixed(2));

const learn = (target: string, labels: readonly string[], more = {}): Promise<LearnedTable> =>
  fitTable({ columns, target, rows, labels, trees: 20, ...more });

describe('a saved model', () => {
  it.each([
    ['two classes', two, { threshold: { by: 'f1' }, prior: [0.8, 0.2] }],
    ['three classes', three, {}],
    ['a quantity', amounts, {}],
    ['a quantity above zero', prices, {}],
  ] as const)('of %s says the same after loading', async (name, labels, more) => {
    const learned = await learn('answer', labels, more);
    const path = join(folder, name);
    saveModel(learned, path, { card: '# answer\n' });
    const loaded = await loadModel(path);
    expect(predictRows(loaded, rows)).toEqual(predictRows(learned, rows));
    expect(loaded.kind).toBe(learned.kind);
    expect(loaded.seen.labelOf(rows[7] as string[])).toBe(
      learned.seen.labelOf(rows[7] as string[]),
    );
    expect([loaded.schema, loaded.target, loaded.labelled]).toEqual([
      learned.schema,
      'answer',
      120,
    ]);
    expect(readFileSync(join(path, 'README.md'), 'utf8')).toBe('# answer\n');
    saveModel(await learn('other', two), path);
    expect((await loadModel(path)).target).toBe('other');
  });

  it('keeps its warnings, those of an earlier version in English alone', async () => {
    const columns = ['size', 'level', '__proto__'];
    const telling = rows.map((row, i) => [...row, (two[i] as string).toUpperCase()]);
    const learned = await fitTable({
      ...{ columns: [...columns, 'told'], target: 'answer', rows: telling, labels: two, trees: 1 },
    });
    const path = join(folder, 'warned');
    saveModel(learned, path);
    const [warning] = learned.warnings;
    expect(warning?.zh).toMatch(/仅凭列“told”就能得出“answer”/);
    expect((await loadModel(path)).warnings).toEqual(learned.warnings);
    const file = join(path, 'model.json');
    const model = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...model, warnings: [warning?.en] }));
    expect((await loadModel(path)).warnings).toEqual([{ en: warning?.en, zh: warning?.en }]);
  });

  it('of version 1, without pairs and relevance, is read', async () => {
    const numbers = rows.map(([size = '', , colour = '']) => [size, colour]);
    const learned = await fitTable({
      ...{ columns: ['size', 'colour'], target: 'answer', rows: numbers, labels: two, trees: 9 },
    });
    const path = join(folder, 'earlier');
    saveModel(learned, path);
    const file = join(path, 'model.json');
    const { members, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    for (const { model } of members) {
      expect(model.pairs ?? []).toEqual([]);
      delete model.pairs;
    }
    writeFileSync(file, JSON.stringify({ ...model, members, version: 1 }));
    const loaded = await loadModel(path);
    expect(predictRows(loaded, numbers)).toEqual(predictRows(learned, numbers));
    const lists = join(path, 'lists.safetensors');
    const kept = decodeSafetensors(readFileSync(lists), lists);
    const some = [...kept].filter(([name]) => !name.endsWith('.relevance'));
    expect(some.length).toBe(kept.size - 1);
    writeFileSync(lists, encodeSafetensors(new Map(some)));
    const [before, after] = [learned, await loadModel(path)].map((one) =>
      predictRows(one, numbers).map((opinion) => opinion.kind === 'class' && opinion.predicted),
    );
    const same = after?.filter((label, i) => label === before?.[i]) ?? [];
    expect(same.length).toBeGreaterThan(0.95 * numbers.length);
  });

  it('of version 5, of whose kernel no column bends by itself, is read', async () => {
    const learned = await learn('answer', two);
    const path = join(folder, 'unbent');
    saveModel(learned, path);
    const file = join(path, 'model.json');
    const { members, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    const kernels = members.filter((member: { model: { kind: string } }) => {
      return member.model.kind === 'kernel';
    });
    expect(kernels).toHaveLength(1);
    expect(kernels[0].model.bent.length).toBeGreaterThan(0);
    delete kernels[0].model.bent;
    writeFileSync(file, JSON.stringify({ ...model, members, version: 5 }));
    const [before, after] = [learned, await loadModel(path)].map((one) =>
      predictRows(one, rows).map((opinion) => opinion.kind === 'class' && opinion.predicted),
    );
    const same = after?.filter((label, i) => label === before?.[i]) ?? [];
    expect(same.length).toBeGreaterThan(0.9 * rows.length);
  });

  it('of version 2, with one width for all quantities, is read', async () => {
    const path = join(folder, 'one-width');
    saveModel(await learn('amount', amounts), path);
    const file = join(path, 'model.json');
    const { intervals, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    expect(intervals.length).toBeGreaterThan(0);
    writeFileSync(file, JSON.stringify({ ...model, halfWidth: 2.5, version: 2 }));
    const [opinion] = predictRows(await loadModel(path), rows);
    if (opinion?.kind !== 'value') throw new Error('expected a quantity');
    expect((opinion.high as number) - opinion.value).toBeCloseTo(2.5, 9);
  });

  it('of version 6, with quantities that are the mean of a line and a forest, is read', async () => {
    const path = join(folder, 'line-and-forest');
    const learned = await learn('amount', amounts);
    if (learned.kind !== 'regressor') throw new Error('expected a quantity');
    const { state } = learned.regressor;
    const x = encoderOf(state.schema, state.encoding).encode(rows);
    const y = Float64Array.from(amounts, (at) => (Number(at) - state.centre) / state.scale);
    const members = [fitRidgeRegression(x, y), fitRegressionForest(x, y, { trees: 20 })].map(
      (model) => ({ weight: 0.5, model }),
    );
    const regressor = regressorOf({ ...state, members });
    const mean = { ...learned, regressor };
    saveModel(mean, path);
    const file = join(path, 'model.json');
    const { members: stored, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    const [line, forest] = stored.map((one: { model: unknown }) => one.model);
    writeFileSync(
      file,
      JSON.stringify({ ...model, ridge: line, forest: forest.nodes, version: 6 }),
    );
    expect(predictRows(await loadModel(path), rows)).toEqual(predictRows(mean, rows));
    writeFileSync(file, JSON.stringify({ ...model, version: 6 }));
    await expect(loadModel(path)).rejects.toThrow(/members: none/);
  });

  it('of version 4 finds rows letter by letter, and does so after it is saved again', async () => {
    const path = join(folder, 'letters');
    saveModel(await learn('answer', two), path);
    const seen = new SeenRows(inferSchema(columns, rows), 'written');
    for (const row of rows) seen.add(row, 'yes');
    const earlier = { ...(await loadModel(path)), seen };
    saveModel(earlier, path);
    const file = join(path, 'model.json');
    const { seenBy, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    expect(seenBy).toBe('written');
    writeFileSync(file, JSON.stringify({ ...model, version: 4 }));
    const loaded = await loadModel(path);
    saveModel(loaded, path);
    const [row = []] = rows;
    const padded = row.map((cell) => ` ${cell}`);
    for (const one of [loaded, await loadModel(path)]) {
      expect(one.seen.labelOf(row)).toBe('yes');
      expect(one.seen.labelOf(padded)).toBeNull();
    }
  });

  it('of version 3, with intervals that reach as far above as below, is read', async () => {
    const path = join(folder, 'even');
    const learned = await learn('amount', amounts);
    saveModel(learned, path);
    const file = join(path, 'model.json');
    const { intervals, ...model } = JSON.parse(readFileSync(file, 'utf8'));
    expect(intervals).toHaveLength(2);
    const even = intervals.map(({ upTo }: { upTo: number | null }, band: number) => ({
      upTo,
      halfWidth: band + 1,
    }));
    writeFileSync(file, JSON.stringify({ ...model, intervals: even, version: 3 }));
    for (const opinion of predictRows(await loadModel(path), rows)) {
      if (opinion.kind !== 'value') throw new Error('expected a quantity');
      const { value, low, high } = opinion;
      const band = intervals.findIndex(
        ({ upTo }: { upTo: number | null }) => upTo === null || value <= upTo,
      );
      expect([value - (low as number), (high as number) - value]).toEqual([
        expect.closeTo(band + 1, 9),
        expect.closeTo(band + 1, 9),
      ]);
    }
  });

  it('asks for its language model again', async () => {
    const given: unknown[] = [];
    const language: ModelOptions['language'] = async ({ asked }) => {
      given.push(asked);
      return (some) => some.map(([size]) => [0, Number(size)]);
    };
    const learned = await fitTable({
      columns,
      target: 'answer',
      rows: [],
      labels: [],
      unlabelled: rows,
      classes: ['no', 'yes'],
      language,
    });
    const path = join(folder, 'language');
    saveModel(learned, path, { asked: { question: 'Large?' } });
    await expect(loadModel(path)).rejects.toThrow(/made with a language model and needs it again/);
    const loaded = await loadModel(path, { language });
    expect(predictRows(loaded, rows)).toEqual(predictRows(learned, rows));
    expect(given).toEqual([null, { question: 'Large?' }]);
  });
});

/** Parts of model.json that are spoiled. */
interface StoredModel {
  readonly members: { readonly model: object }[];
  readonly encoding: object[];
}

describe('a hostile folder', () => {
  const good = join(folder, 'good');
  beforeAll(async () => saveModel(await learn('answer', two), good));

  const spoiled = (change: (path: string) => void): Promise<LearnedTable> => {
    const path = join(folder, 'spoiled');
    rmSync(path, { recursive: true, force: true });
    cpSync(good, path, { recursive: true });
    change(path);
    return loadModel(path);
  };
  const json = (edit: (model: StoredModel) => void) => (path: string) => {
    const file = join(path, 'model.json');
    const model = JSON.parse(readFileSync(file, 'utf8')) as StoredModel;
    edit(model);
    writeFileSync(file, JSON.stringify(model));
  };
  /** Overwrites an entry of a list of whole numbers or of float32. */
  const list = (name: string, entry: number, value: number) => (path: string) => {
    const file = join(path, 'lists.safetensors');
    const bytes = readFileSync(file);
    const length = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
    const at = 8 + length + header[name].data_offsets[0] + 4 * entry;
    if (header[name].dtype === 'I32') bytes.writeInt32LE(value, at);
    else bytes.writeFloatLE(value, at);
    writeFileSync(file, bytes);
  };

  it.each<[string, (path: string) => void, RegExp]>([
    [
      'without a file',
      (path) => rmSync(join(path, 'lists.safetensors')),
      /lists.safetensors is missing/,
    ],
    [
      'without any file',
      (path) => rmSync(path, { recursive: true }),
      /^There is no saved model in .*: model.json is missing/,
    ],
    ['that is no JSON', (path) => writeFileSync(join(path, 'model.json'), '{'), /is not JSON/],
    [
      'of another program',
      json((m) => Object.assign(m, { format: 'x' })),
      /no saved model of this/,
    ],
    [
      'of a later version',
      json((m) => Object.assign(m, { version: 14 })),
      /version 14.*reads versions up to 13/,
    ],
    [
      'with unknown members',
      json((m) => Object.assign(m.members[0]?.model ?? {}, { kind: 'eval' })),
      /members\.0\.model/,
    ],
    [
      'with classes that do not fit',
      json((m) => Object.assign(m, { classes: ['a', 'b', 'c'] })),
      /counts: 2 for 3 classes/,
    ],
    [
      'with a class twice',
      json((m) => Object.assign(m, { classes: ['a', 'a'] })),
      /stands there twice/,
    ],
    [
      'with days since what is no date',
      json((m) => Object.assign(m.encoding[0] ?? {}, { since: 1 })),
      /encoding of column 0: column 1 has no dates/,
    ],
    [
      'with a ratio to what is no number',
      json((m) => Object.assign(m.encoding[0] ?? {}, { per: 1 })),
      /encoding of column 0: column 1 has no numbers/,
    ],
    [
      'with a difference to what is no number',
      json((m) => Object.assign(m.encoding[0] ?? {}, { less: 1 })),
      /encoding of column 0: column 1 has no numbers/,
    ],
    [
      'with a calendar of what is no date',
      json((m) => Object.assign(m.encoding[0] ?? {}, { kind: 'calendar', part: 'week' })),
      /encoding of column 0: column 0 has no dates/,
    ],
    [
      'with an encoding beyond the table',
      json((m) => Object.assign(m.encoding[0] ?? {}, { index: 9 })),
      /column 9 of 3/,
    ],
    [
      'with half of the lists',
      (path) => {
        const file = join(path, 'lists.safetensors');
        writeFileSync(file, readFileSync(file).subarray(0, 2000));
      },
      /truncated|corrupt|needs/,
    ],
    [
      'with a pair beyond the columns',
      json((m) => {
        for (const { model } of m.members) Object.assign(model, { pairs: [[0, 4000]] });
      }),
      /it looks at column 4000 of/,
    ],
    ['with a node that leads back', list('member-1.left', 0, 0), /leads to no node below/],
    ['with a node that leads out', list('member-1.right', 0, 1 << 22), /leads to no node below/],
    ['with a leaf outside', list('member-1.roots', 0, -1), /a root .* is no node/],
    ['with a column that is none', list('member-1.feature', 0, 4000), /asks for column 4000/],
    [
      'with a threshold that is no number',
      list('member-1.threshold', 0, Number.NaN),
      /no threshold/,
    ],
    [
      'with leaves that are no numbers',
      list('member-1.leaves', 0, Number.POSITIVE_INFINITY),
      /no number/,
    ],
    ['with labels that are none', list('seen.label', 0, 77), /names no label/],
  ])('%s is refused', async (_, change, message) => {
    await expect(spoiled(change)).rejects.toThrow(message);
  });
});
