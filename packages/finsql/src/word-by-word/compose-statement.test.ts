/** What holds for any mixture of words and names. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../retrieval/retrieve.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../testing/shop-database.ts';
import { composeStatement } from './compose-statement.ts';
import { Unread } from './model/unread.ts';
import { unknownWords } from './unknown-words.ts';
import { CHINESE } from './words/chinese.ts';
import { ENGLISH } from './words/english.ts';
import { phraseKey } from './words/units.ts';
import type { Vocabulary } from './words/word.ts';

const english = openedDatabase(SHOP_SQL);
const chinese = openedDatabase(CHINESE_SHOP_SQL);
afterAll(() => {
  english.close();
  chinese.close();
});

const MOST_MILLISECONDS = 1000;

/** Questions of words that say something, names of the schema, stored values, numbers and periods. */
function questions(
  { context }: typeof english,
  vocabulary: Vocabulary,
  stated: readonly string[],
  joint: string,
): fc.Arbitrary<string> {
  const { tables } = context.schema;
  const columns = tables.flatMap((table) => table.columns);
  const operators = vocabulary.map(([texts]) =>
    fc.constantFrom(...texts.split('|').map((text) => text.trim())),
  );
  const phrase = fc.oneof(
    { weight: 4, arbitrary: fc.oneof(...operators) },
    { weight: 2, arbitrary: fc.constantFrom(...tables.map(({ name }) => name)) },
    { weight: 3, arbitrary: fc.constantFrom(...columns.map(({ name }) => name)) },
    { weight: 1, arbitrary: fc.constantFrom(...columns.flatMap(({ samples }) => samples)) },
    { weight: 1, arbitrary: fc.constantFrom(...stated) },
  );
  return fc
    .array(phrase, { minLength: 1, maxLength: 7 })
    .map((phrases) => phrases.join(joint).replaceAll('_', ' '));
}

const ENGLISH_STATED = ['5', '20%', '2 million', 'three', '2020', 'May 2021', '2021-03-04'];
const CHINESE_STATED = ['5', '20%', '2万元', '三', '2020年', '2021年5月', '2021年3月4日'];

describe('any mixture of phrases', () => {
  it.each([
    ['English', english, questions(english, ENGLISH, ENGLISH_STATED, ' ')],
    ['Chinese', chinese, questions(chinese, CHINESE, CHINESE_STATED, '')],
  ])('in %s gives a statement that runs, or none', (_, shop, arbitrary) => {
    let read = 0;
    const isRun = (question: string) => {
      const retrieval = retrieve(shop.context, question, { exemplars: false, today: '2024-06-30' });
      const began = performance.now();
      const composed = composeStatement(shop.context, retrieval);
      expect(performance.now() - began).toBeLessThan(MOST_MILLISECONDS);
      expect(() => unknownWords(shop.context, retrieval)).not.toThrow();
      if (composed instanceof Unread) return;
      read++;
      shop.run(composed.sql);
    };
    fc.assert(fc.property(arbitrary, isRun), { seed: 7, numRuns: 500 });
    expect(read).toBeGreaterThan(20);
  });

  it('is read without an error whatever its characters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    const isSafe = (question: string) => {
      composeStatement(english.context, retrieve(english.context, question, { exemplars: false }));
    };
    fc.assert(fc.property(text, isSafe), { seed: 7, numRuns: 300 });
  });
});

it.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('the %s vocabulary says each thing once', (_, vocabulary) => {
  for (const [texts] of vocabulary) {
    const keys = texts.split('|').map(phraseKey);
    expect(keys).not.toContain('');
    expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
  }
});
