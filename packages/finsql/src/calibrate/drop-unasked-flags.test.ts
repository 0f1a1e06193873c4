import { expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { NO_VALUES } from '../retrieval/values.ts';
import type { Schema } from '../schema/schema.ts';
import { dropUnaskedFlags } from './drop-unasked-flags.ts';

const schema: Schema = { name: 'market', tables: [] };
const CITIES = ['Wuhan', 'Shanghai', 'Beijing', 'Shenzhen', 'Chengdu'];

/** Known questions: as many about state-owned companies of a city as asked for, and a hundred about any. */
function known(flagged: number): TextToSqlItem[] {
  const about = (index: number, kind: string, condition: string): TextToSqlItem => {
    const city = CITIES[index % CITIES.length] ?? '';
    return {
      db: 'market',
      question: `Which ${kind} companies number ${index} are in ${city}?`,
      sql: `select name from company where city = '${city}'${condition}`,
    };
  };
  return [
    ...Array.from({ length: flagged }, (_, index) =>
      about(index, 'state-owned', ' and is_state_owned = 1'),
    ),
    ...Array.from({ length: 100 }, (_, index) => about(index, 'listed', '')),
  ];
}

function mended(question: string, sql: string, flagged = 20): string {
  const exemplars = buildExemplarIndex(known(flagged));
  return dropUnaskedFlags.apply(sql, { schema, links: [], values: NO_VALUES, exemplars, question });
}

const FLAGGED =
  "select name from company where city = 'Wuhan' and is_state_owned = 1 order by name";

it('leaves out the flag that no word of the question stands for', () => {
  expect(mended('Which companies are in Wuhan?', FLAGGED)).toBe(
    "select name from company where city = 'Wuhan' order by name",
  );
  expect(
    mended('Which companies are there?', 'select name from company where is_state_owned = 1'),
  ).toBe('select name from company');
  expect(
    mended(
      'How many companies are in Wuhan?',
      "select count(*) from (select 1 from company as c where c.is_state_owned = 1 and c.city = 'Wuhan')",
    ),
  ).toBe("select count(*) from (select 1 from company as c where c.city = 'Wuhan')");
});

it.each([
  ['what is asked for', 'Which state-owned companies are in Wuhan?', FLAGGED],
  [
    'alternatives',
    'Which companies are in Wuhan?',
    'select name from company where is_state_owned = 1 or size > 3',
  ],
  [
    'a part of an alternative',
    'Which companies are in Wuhan?',
    "select name from company where is_state_owned = 1 and size > 3 or city = 'Wuhan'",
  ],
  ['numbers', 'Which companies are in Wuhan?', 'select name from company where rank = 1'],
])('leaves alone %s', (_, question, sql) => {
  expect(mended(question, sql)).toBe(sql);
});

it('says nothing where few known statements have the flag', () => {
  expect(mended('Which companies are in Wuhan?', FLAGGED, 19)).toBe(FLAGGED);
});
