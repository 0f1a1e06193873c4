import { afterAll, expect, it } from 'vitest';
import { abstainConfig, measureCoverage } from './abstain/abstention.ts';
import { askedOf } from './abstain/passed-over.ts';
import { introspect } from './database/introspect.ts';
import { withoutRows } from './find-rows.ts';
import { judgeAnswer, judgeDraft, unexplained } from './judge-answer.ts';
import { prepareDatabase } from './retrieval/context.ts';
import { retrieve } from './retrieval/retrieve.ts';
import { temporaryDatabase } from './testing/fund-database.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const context = prepareDatabase(introspect(file));
const coefficients = { intercept: 1, sureness: 0, agreement: 0, repaired: 0, passedOver: -2 };
const figures = { unfamiliar: { coefficients, questions: 100 } };
const sureFigures = {
  unfamiliar: { coefficients: { ...coefficients, intercept: 4 }, questions: 100 },
};
const config = { ...abstainConfig.parse({}), candidates: 1, doubtBelow: 0.3 };

/** A count of managers, judged as the answer to a question. */
function judged(question: string, by = figures) {
  const retrieval = retrieve(context, question, {});
  const asked = askedOf(context, retrieval);
  const found = {
    ...withoutRows('select count(*) from manager'),
    result: { columns: ['n'], rows: [[3]], truncated: false, milliseconds: 1 },
  };
  const coverage = measureCoverage(context, retrieval, config);
  const answer = judgeAnswer(found, { ...asked, coverage, sureness: 0, figures: by, config });
  return { answer, draft: judgeDraft(found, asked) };
}

it('trusts an answer less where the question refers to another that is not there', () => {
  const { answer, draft } = judged('How many of them are managers?');
  expect(answer.confidence).toBeCloseTo(1 / (1 + Math.exp(1)), 12);
  expect(answer.cautions).toEqual([
    { code: 'refers-back', text: 'them' },
    { code: 'doubtful', percent: 27, others: null },
  ]);
  expect(draft.cautions).toEqual([{ code: 'refers-back', text: 'them' }]);
});

it.each(['How many of them are managers?', '其中经理有多少？'])(
  'doubts an answer however sure its figures are where the question goes on from another: %s',
  (question) => {
    const { answer } = judged(question, sureFigures);
    expect(answer.confidence).toBeLessThan(config.doubtBelow);
    expect(answer.cautions.map(({ code }) => code)).toEqual(['refers-back', 'doubtful']);
  },
);

it.each([
  ['funds', []],
  ['发', []],
  ['zenith', [{ code: 'words-passed-over', words: ['zenith'] }]],
])('singles out no part of a name, and no single character: %s', (word, cautions) => {
  expect(unexplained([word], context)).toEqual(cautions);
});

it('says nothing of a question that stands alone', () => {
  const { answer, draft } = judged('How many managers are there?');
  expect(answer.confidence).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect([...answer.cautions, ...draft.cautions]).toEqual([]);
});
