import { expect, it } from 'vitest';
import { APPROVED_EXAMPLES, type Score } from './adapter-records.ts';
import { mayActivate } from './may-activate.ts';

const score = (set: string, accuracy: number): Score => ({
  set,
  set_fingerprint: `print of ${set}`,
  accuracy,
  scored: 10,
  correct: accuracy / 10,
  executable: 100,
  median_ms: 1,
  job: 'job',
  at: '2026-01-01',
});

it.each([
  ['higher', [score('a', 60)], [score('a', 50)], true],
  ['equal', [score('a', 50)], [score('a', 50)], true],
  ['lower', [score('a', 40)], [score('a', 50)], 'scores-lower'],
  [
    'lower on one of two',
    [score('a', 60), score('b', 10)],
    [score('a', 50), score('b', 20)],
    'scores-lower',
  ],
  [
    'lower at last, higher before',
    [score('a', 40), score('a', 60)],
    [score('a', 50)],
    'scores-lower',
  ],
  ['not scored, the active one is', [], [score('a', 50)], 'not-compared'],
  ['scored on something else', [score('b', 90)], [score('a', 50)], 'not-compared'],
  ['only what was taught', [score(APPROVED_EXAMPLES, 90)], [score(APPROVED_EXAMPLES, 40)], true],
  [
    'more of what was taught, nothing else',
    [score(APPROVED_EXAMPLES, 90)],
    [score(APPROVED_EXAMPLES, 40), score('a', 50)],
    'not-compared',
  ],
  [
    'less of what was taught',
    [score(APPROVED_EXAMPLES, 30), score('a', 60)],
    [score(APPROVED_EXAMPLES, 40), score('a', 50)],
    'scores-lower',
  ],
  ['nothing scored', [], [], true],
] as const)('%s', (_case, candidate, active, expected) => {
  const verdict = mayActivate(candidate, active);
  expect(verdict.allowed ? true : verdict.why).toBe(expected);
});
