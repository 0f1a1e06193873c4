import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { besideOf } from '../baseline/encoder.ts';
import { inferSchema } from '../schema/infer.ts';
import { expectKept, fallsOf } from '../testing/learned-checks.ts';
import { encodingOf } from './columns-read.ts';
import { explainRows } from './explain.ts';
import { fitTable } from './fit-table.ts';
import type { LearnedTable } from './learned-table.ts';
import { partsToLeaveOut } from './left-out.ts';
import { modelCard } from './model-card.ts';
import { predictRows } from './predict-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'differences-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LABELLED = 80;
const random = seededRandom(3);
const columns = ['home_rating', 'away_rating', 'crowd'];
const rows = Array.from({ length: 300 }, () => [
  (1500 + 200 * random.normal()).toFixed(0),
  (1500 + 200 * random.normal()).toFixed(0),
  `${1000 * (5 + random.integer(40))}`,
]);
const ahead = rows.map(([home, away]) => Number(home) - Number(away));

/** The first rows labelled, the others as those to be predicted. */
function learn(labels: readonly string[], labelled = LABELLED): Promise<LearnedTable> {
  return fitTable({
    ...{ columns, target: 'label', trees: 20, unlabelled: rows.slice(labelled) },
    ...{ rows: rows.slice(0, labelled), labels: labels.slice(0, labelled) },
  });
}

const read = (learned: LearnedTable) =>
  encodingOf(learned).filter((encoded) => besideOf(encoded)?.as === 'less').length;

describe('a difference of two sides', () => {
  it('tells a class, and what is said of it is kept', async () => {
    const won = ahead.map((more) => (more > 0 ? 'won' : 'lost'));
    const model = await learn(won);
    expect(read(model)).toBe(2);
    const said = predictRows(model, rows.slice(LABELLED));
    const right = said.filter(
      (one, at) =>
        one.kind === 'class' &&
        model.kind === 'classifier' &&
        model.classes[one.predicted] === won[LABELLED + at],
    );
    expect(right.length / said.length).toBeGreaterThan(0.93);
    expect(modelCard(model, { date: '2026-01-01', held: null })).toContain(
      'Of numbers it reads home\\_rating less away\\_rating',
    );
    await expectKept(model, join(folder, 'won'), rows);
    const fall = fallsOf(model, rows.slice(LABELLED), won.slice(LABELLED));
    expect(fall.get('home_rating')).toBeGreaterThan(0.1);
    expect(fall.get('away_rating')).toBeGreaterThan(0.1);
    expect(explainRows(model, [['1700', '1400', '9000']])[0]?.[0]).toMatchObject({
      words: {
        en: expect.stringMatching(
          /^home_rating is 1700 while away_rating is 1400: speaks for won /,
        ),
      },
    });
  });

  it('tells a quantity, also where a side is missing', async () => {
    const model = await learn(ahead.map((more) => (50 * Math.max(more, -100) + 7000).toFixed(0)));
    expect(read(model)).toBe(2);
    const [one, none] = predictRows(model, [
      ['1800', '1500', '9000'],
      ['', '1500', '9000'],
    ]);
    expect(one?.kind === 'value' && Math.abs(one.value - 22_000)).toBeLessThan(2500);
    expect(none?.kind === 'value' && Number.isFinite(none.value)).toBe(true);
  });

  it('is left out as one with the ratio of the same two', () => {
    const place = { weight: 1, kind: 'scaled', mean: 0, sd: 1, limit: null } as const;
    const encoding = [
      { index: 0, less: 1, ...place },
      { index: 1, per: 0, ...place },
    ];
    const schema = inferSchema(columns, rows);
    expect(partsToLeaveOut(schema, encoding)).toEqual([[0], [1], [2], [0, 1]]);
  });

  it('needs labels enough', async () => {
    const won = ahead.map((more) => (more > 0 ? 'won' : 'lost'));
    expect(read(await learn(won, 32))).toBe(0);
  });
});
