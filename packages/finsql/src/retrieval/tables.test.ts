import { afterAll, expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { prepareDatabase } from './context.ts';
import { buildExemplarIndex } from './exemplars.ts';
import { scoreTables } from './tables.ts';
import { stem } from './words.ts';

const { file, remove } = temporaryDatabase(`
  create table fund (code text primary key, fee real);
  create table trade (fund_code text references fund (code), price real);
  create table bond (price real);`);
afterAll(remove);
const schema = introspect(file);

const ASKED = ['fee', 'price'].map(stem);
/** Of 8 tables and columns, one and two have the word. */
const FEE = Math.log(9 / 2) + 0.1;
const PRICE = Math.log(9 / 3) + 0.1;

const figures = (scored: ReturnType<typeof scoreTables>) =>
  scored.map(({ name, score }) => [name, score]);

it('gives the next table the key to one that is chosen, and less of the words that one explains', () => {
  const scored = scoreTables(prepareDatabase(schema), ASKED, [], []);
  expect(figures(scored)).toEqual([
    ['fund', 1],
    ['trade', expect.closeTo(PRICE / FEE + 0.3, 12)],
    ['bond', expect.closeTo((0.4 * PRICE) / FEE, 12)],
  ]);
});

it('trusts the votes of a neighbour the more, the more questions are known', () => {
  const item = (index: number): TextToSqlItem => ({
    question: `What is price ${index}?`,
    sql: 'select price from trade',
    db: schema.name,
  });
  /** With that many known questions for each of the three tables, and one that is half the same. */
  const scoresWith = (known: number) => {
    const items = Array.from({ length: 3 * known }, (_, index) => item(index));
    const context = prepareDatabase(schema, { exemplars: buildExemplarIndex(items) });
    const neighbour = { item: item(0), index: 0, similarity: 0.5 };
    return figures(scoreTables(context, ASKED, [neighbour], []));
  };
  for (const [known, distrust] of [
    [8, 0.4],
    [16, 0.2],
  ] as const) {
    expect(scoresWith(known)).toEqual([
      ['trade', expect.closeTo(1 - distrust + (distrust * PRICE) / FEE, 12)],
      ['fund', expect.closeTo(distrust * (1 + 0.3), 12)],
      ['bond', expect.closeTo((distrust * 0.4 * PRICE) / FEE, 12)],
    ]);
  }
});
