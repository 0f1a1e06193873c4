import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { encoderOf } from '../baseline/encoder.ts';
import { fitEncoder } from '../baseline/fit-encoder.ts';
import type { LogisticRegression } from '../baseline/logistic-regression.ts';
import { areaUnderRoc, column, isClass } from '../metrics/ranking.ts';
import { inferSchema } from '../schema/infer.ts';
import { describeRow } from '../serialisers/describe-row.ts';
import { type AnsweredColumns, answeredColumns, askedBefore } from './column-answers.ts';
import { type ColumnExpert, columnExpert } from './column-expert.ts';
import { canAskColumns, columnQuestions, fieldOf } from './column-questions.ts';
import { expectationWeight } from './expectation-weight.ts';
import { fitExpectations } from './expectations.ts';
import { fitClassifier } from './fit-classifier.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedClassifier } from './learned-table.ts';
import { loadModel } from './load-model.ts';
import { predictRows } from './predict-rows.ts';
import { saveModel } from './save-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-expectations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(4);
const columns = ['size', 'colour', 'bought', 'note'];
const rows = Array.from({ length: 500 }, (_, i) => [
  i % 17 === 0 ? '' : (random.normal() ** 3 * 10).toFixed(3),
  i % 19 === 0 ? '' : (['red', 'green', 'blue'][random.integer(3)] as string),
  `20${10 + random.integer(10)}-0${1 + random.integer(9)}-11`,
  `said ${i}`,
]);
const schema = inferSchema(columns, rows, { kinds: new Map([['note', 'text']]) });
const encoding = fitEncoder(schema, rows, 'rich');
const { encode, columns: names } = encoderOf(schema, encoding);
const labels = Int32Array.from(rows, ([size, colour]) =>
  Number(size) + (colour === 'red' ? 8 : 0) + random.normal() > 2 ? 1 : 0,
);

const describeCells = describeRow(schema);

/** Class 1 is large and red; @param sign −1: it says the opposite */
function expert(sign = 1): ColumnExpert {
  return columnExpert({
    describe: describeCells,
    score: (name, values) => {
      if (name === 'colour') {
        return values.map((value) => [-7, -7 + sign * (value === 'red' ? 2 : 0)]);
      }
      return name === 'size'
        ? [
            [-3, -4],
            [-3, -4 + sign * 2],
          ]
        : [
            [-5, -5],
            [-9, -9],
          ];
    },
  });
}
const mute: ColumnExpert = () => [];
const expectations = (who: ColumnExpert, classes = 2) =>
  fitExpectations(who({ schema, rows }), { schema, encoding, rows, classes });

/** Weight of each encoded column. */
const byName = ({ weights }: LogisticRegression) =>
  new Map(names.map((name, j) => [name, weights[j] as number]));

describe('columnQuestions', () => {
  it('asks about the ends of what goes from less to more and about the values of categories', () => {
    const counts = new Map(['red', 'green', 'blue'].map((name) => [name, 0]));
    for (const [, colour = ''] of rows) {
      if (colour !== '') counts.set(colour, (counts.get(colour) as number) + 1);
    }
    const colours = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    expect(columnQuestions({ schema, rows }, describeCells)).toEqual([
      { column: 'size', name: 'size', values: ['low', 'high'], cells: null },
      { column: 'colour', name: 'colour', values: colours, cells: colours },
      { column: 'bought', name: 'bought', values: ['early', 'late'], cells: null },
    ]);
  });

  it('asks about the most frequent of many values, in words beside their cells', () => {
    const table = Array.from({ length: 600 }, (_, i) => [
      i < 500 ? `kind_${i % 50}`.padEnd(8, '  ') : 'often',
      i % 2 ? 'y' : 'n',
    ]);
    const known = inferSchema(['sort', 'old'], table, {
      kinds: new Map([
        ['sort', 'category'],
        ['old', 'boolean'],
      ]),
    });
    const [sort, old] = columnQuestions({ schema: known, rows: table }, describeRow(known));
    expect([sort?.values.length, sort?.values[0]]).toEqual([40, 'often']);
    expect(sort?.cells?.[1]).toBe('kind_0  ');
    expect(sort?.values[1]).toBe('kind_0');
    expect(old).toMatchObject({ values: ['no', 'yes'], cells: ['n', 'y'] });
  });

  it('asks about the first columns of a wide table, and about none for many classes', () => {
    const wide = Array.from({ length: 120 }, (_, i) => `n${i}`);
    const table = Array.from({ length: 30 }, (_, i) => wide.map((_, j) => `${(i * 7 + j) % 30}`));
    const known = inferSchema(wide, table);
    const asked = columnQuestions({ schema: known, rows: table }, describeRow(known));
    expect([asked.length, asked[99]?.column]).toEqual([100, 'n99']);
    expect([canAskColumns(known, 10), canAskColumns(known, 11)]).toEqual([true, false]);
  });

  it('asks nothing of a table without cells', () => {
    expect(columnQuestions({ schema, rows: [] }, describeCells)).toEqual([]);
  });
});

describe('answers that were kept', () => {
  const kept = (who: ColumnExpert): AnsweredColumns =>
    answeredColumns.parse(
      JSON.parse(
        JSON.stringify({
          target: 'answer',
          classes: ['no', 'yes'],
          question: 'Bought?',
          words: ['No', 'Yes'],
          columns: who({ schema, rows }),
        }),
      ),
    );
  const again = (answers: AnsweredColumns, classes = ['no', 'yes']) =>
    askedBefore(answers, classes) as ColumnExpert;

  it('make the same line, whichever order of the classes is wanted', () => {
    const line = expectations(expert());
    expect(expectations(again(kept(expert())))).toEqual(line);
    const turned = expectations(again(kept(expert()), ['yes', 'no']));
    expect(turned?.weights.map((weight) => 0 - weight)).toEqual(
      line?.weights.map((weight) => weight + 0),
    );
    expect(askedBefore(kept(expert()), ['no', 'perhaps'])).toBeNull();
  });

  it('are found by column, where the table has others and in another order', () => {
    const order = [3, 1, 0] as const;
    const picked = rows.map((row) => order.map((at) => row[at] as string));
    const own = inferSchema(
      order.map((at) => columns[at] as string),
      picked,
      { kinds: new Map([['note', 'text']]) },
    );
    const options = { schema: own, encoding: fitEncoder(own, picked, 'rich'), rows: picked };
    const answers = again(kept(expert()))({ schema: own, rows: picked });
    const line = fitExpectations(answers, { ...options, classes: 2 }) as LogisticRegression;
    const places = new Map(encoderOf(own, options.encoding).columns.map((name, j) => [name, j]));
    // What was said of the date told nothing apart: without it the line is the same.
    const whole = byName(expectations(expert()) as LogisticRegression);
    for (const [name, place] of places) {
      expect(line.weights[place], name).toBeCloseTo(whole.get(name) as number, 9);
    }
  });

  it('count for nothing where a column is of another kind by now, or its values are others', () => {
    const [size, colour] = kept(expert()).columns;
    const asCategory = { ...size, cells: ['low', 'high'] } as AnsweredColumns['columns'][number];
    const others = { ...colour, cells: ['x', 'y', 'z'] } as AnsweredColumns['columns'][number];
    expect(expectations(() => [asCategory, others])).toBeNull();
  });

  it.each([
    ['scores of a class too many', { classes: ['no', 'yes', 'perhaps'], words: ['a', 'b', 'c'] }],
    ['a word too few', { words: ['No'] }],
    ['a score that is none', { columns: [{ ...kept(expert()).columns[0], scores: [[null]] }] }],
    ['an end too few', { columns: [{ ...kept(expert()).columns[0], values: ['low'] }] }],
  ])('are refused with %s', (_what, wrong) => {
    expect(answeredColumns.safeParse({ ...kept(expert()), ...wrong }).success).toBe(false);
  });
});

describe('fitExpectations', () => {
  it('is a line of spread 1 whose mean over the rows is 0', () => {
    const line = expectations(expert()) as LogisticRegression;
    const x = encode(rows);
    const halves = Array.from({ length: x.rows }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < x.columns; j++) {
        sum += (line.weights[j] as number) * (x.values[i * x.columns + j] as number);
      }
      return sum / 2;
    });
    const mean = halves.reduce((sum, value) => sum + value, 0) / halves.length;
    const square = halves.reduce((sum, value) => sum + value ** 2, 0) / halves.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.sqrt(square)).toBeCloseTo(1, 6);
    const weights = byName(line);
    expect(weights.get('size ranked')).toBeGreaterThan(0);
    expect(weights.get('colour=red')).toBeGreaterThan(0);
    expect(weights.get('colour=blue')).toBeLessThan(0);
    expect(weights.get('colour=blue')).toBeCloseTo(weights.get('colour=green') as number, 9);
    // What is missing is average, and what no class is likelier for says nothing.
    for (const name of ['colour missing', 'bought ranked', 'size'])
      expect(weights.get(name)).toBeCloseTo(0, 12);
  });

  it('has a line for each of more than two classes', () => {
    const three = columnExpert({
      describe: describeCells,
      score: (name, values) =>
        values.map((value) =>
          ['red', 'green', 'blue'].map((own) => (name === 'colour' && own === value ? 1 : 0)),
        ),
    });
    const line = expectations(three, 3) as LogisticRegression;
    expect(line.weights).toHaveLength(3 * (names.length + 1));
    const place = names.indexOf('colour=green');
    const ofGreen = [0, 1, 2].map((k) => line.weights[k * (names.length + 1) + place] as number);
    expect(ofGreen.indexOf(Math.max(...ofGreen))).toBe(1);
  });

  it('is none where nothing is said', () => {
    expect(expectations(mute)).toBeNull();
    expect(() => fitClassifier({ ...task(0), expert: mute })).toThrow(/no language model to ask/);
  });
});

describe('fieldOf', () => {
  it('says one cell in words', () => {
    const described = { columns: columns.length, describe: describeRow(schema) };
    expect(fieldOf(2, '2015-03-11', described)).toEqual({ name: 'bought', value: '11 March 2015' });
    expect(fieldOf(1, '', described)).toBeNull();
  });
});

describe('expectationWeight', () => {
  const said = Float64Array.from({ length: 80 }, (_, i) => {
    const score = random.normal();
    return i % 2 ? -score : score;
  });
  const objective = (beta: number, s: Float64Array, known: Int32Array) => {
    const shares = [0, 1].map((k) =>
      Math.log((known.filter((label) => label === k).length + 1) / (known.length + 2)),
    );
    return known.reduce(
      (sum, label, i) => {
        const scores = [0, 1].map((k) => beta * (s[2 * i + k] as number) + (shares[k] as number));
        const total = Math.log(scores.reduce((all, score) => all + Math.exp(score), 0));
        return sum + (scores[label] as number) - total;
      },
      -((beta - 0.5) ** 2) / (2 * 0.09),
    );
  };

  it('is where the objective is greatest, and falls with the labels', () => {
    for (const n of [2, 9, 40]) {
      const known = Int32Array.from({ length: n }, () => random.integer(2));
      const s = said.subarray(0, 2 * n);
      const beta = expectationWeight(s, known, 2) * (1 + n / 16);
      for (const other of [beta - 0.01, beta + 0.01]) {
        expect(objective(other, s, known)).toBeLessThan(objective(beta, s, known));
      }
    }
  });

  it('rises where labels agree, and turns where they say the opposite', () => {
    const n = 12;
    const s = Float64Array.from(
      { length: 2 * n },
      (_, i) => (i % 4 < 2 ? 1 : -1) * (i % 2 ? 1 : -1),
    );
    const agree = Int32Array.from({ length: n }, (_, i) => (i % 2 ? 0 : 1));
    const unknown = expectationWeight(s, new Int32Array(), 2);
    expect(unknown).toBe(0.25);
    const [up, down] = [agree, agree.map((label) => 1 - label)].map(
      (known) => expectationWeight(s, known, 2) * (1 + n / 16),
    ) as [number, number];
    expect(up).toBeGreaterThan(0.5);
    expect(down).toBeLessThan(0);
  });
});

const [train, rest] = [rows.slice(0, 100), rows.slice(100)];
function task(n: number) {
  return {
    schema,
    rows: train.slice(0, n),
    labels: labels.slice(0, n),
    classes: 2,
    unlabelled: rest,
    trees: 30,
  };
}
const auc = (p: Float64Array) => areaUnderRoc(column(p, 1, 2), isClass(labels.slice(100), 1));
const aucOf = (n: number, who?: ColumnExpert) =>
  auc(fitClassifier({ ...task(n), ...(who && { expert: who }) }).predict(rest));

describe('a classifier with expectations', () => {
  it('labels rows without a label, and better with a few', () => {
    const alone = fitClassifier({ ...task(0), expert: expert() });
    expect(auc(alone.predict(rest))).toBeGreaterThan(0.8);
    expect(alone).toMatchObject({ asksLanguage: false, evidence: null });
    expect(alone.steps).not.toBeNull();
    expect(aucOf(6, expert())).toBeGreaterThan(aucOf(6) + 0.03);
  });

  it('tells how much they help, and is not harmed where they are wrong', () => {
    const { evidence } = fitClassifier({ ...task(30), expert: expert() });
    expect(evidence).toMatchObject({ rows: 30, language: expect.any(Number) });
    expect(evidence?.weight).toBeGreaterThan(0);
    expect(evidence?.combined).toBeGreaterThan(evidence?.tabular as number);
    const wrong = fitClassifier({ ...task(100), expert: expert(-1) });
    expect(auc(wrong.predict(rest))).toBeGreaterThan(aucOf(100) - 0.01);
  });

  it('lets a language model read rows where a table is nothing but free text', async () => {
    const texts = rows.map((_, i) => [`said ${i}`]);
    const { schema: free, classifier } = (await fitTable({
      columns: ['note'],
      target: 'answer',
      rows: [],
      labels: [],
      unlabelled: texts,
      classes: ['no', 'yes'],
      kinds: new Map([['note', 'text']]),
      expert: async () => expert(),
      language: async () => (some) => some.map(([note = '']) => [0, note.length - 7]),
    })) as LearnedClassifier;
    expect([canAskColumns(free, 2), canAskColumns(schema, 2)]).toEqual([false, true]);
    expect(classifier.asksLanguage).toBe(true);
    const [short = 0, long = 0] = column(classifier.predict([['said 1'], ['said 499']]), 1, 2);
    expect(long).toBeGreaterThan(short);
  });

  it.each([0, 8, 60])(
    'says the same after it was saved, without a language model, %i labels',
    async (n) => {
      const opened: number[] = [];
      const learned = await fitTable({
        columns,
        target: 'answer',
        rows: train.slice(0, n),
        labels: Array.from(labels.slice(0, n), (label) => (label ? 'yes' : 'no')),
        unlabelled: rest,
        classes: ['no', 'yes'],
        kinds: new Map([['note', 'text']]),
        trees: 20,
        expert: async ({ labelled }) => {
          opened.push(labelled);
          return expert();
        },
      });
      expect(opened).toEqual([n]);
      const path = join(folder, `of-${n}`);
      saveModel(learned, path);
      expect(predictRows(await loadModel(path), rest)).toEqual(predictRows(learned, rest));
    },
  );
});
