import { expect, it } from 'vitest';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { nearQuestions } from './near-questions.ts';

const known = [
  ['How many managers have a doctorate?', 'select count(*) from manager'],
  ['Which funds charge the highest fee?', 'select fund from fund order by fee desc limit 1'],
  ['Which funds charge the lowest fee?', 'select fund from fund order by fee limit 1'],
  ['Which fund charges the highest fee', 'select fund from fund order by fee desc limit 1'],
  ['Which funds charge a fee in Wuhan?', "select fund from fund where city = 'Wuhan'"],
  ['Which funds charge the highest fee in 2024?', 'select fund from fee where year = 2024'],
  ['List the banks', 'select name from bank'],
].map(([question = '', sql = '']) => ({ question, sql, db: 'demo' }));
const index = buildExemplarIndex(known);
const near = (question: string) => nearQuestions(question, index.nearest(question, 'demo', 20));

it('are the nearest, each with a statement of its own', () => {
  expect(near('What is the highest fee that funds charge?')).toEqual([
    'Which funds charge the highest fee?',
    'Which funds charge the highest fee in 2024?',
    'Which funds charge the lowest fee?',
  ]);
});

it('are others than the one that is asked', () => {
  expect(near('which funds charge the highest fee')).not.toContain(known[1]?.question);
  expect(near('LIST THE BANKS!')).toEqual([]);
});

it('are none where hardly a word is the same', () => {
  expect(near('How tall is the tower?')).toEqual([]);
  expect(near('')).toEqual([]);
});
