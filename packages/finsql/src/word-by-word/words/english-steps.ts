/** How English sets a period against the one before it: `vs the previous month`, `year over year`, `cumulative`. */
import type { Vocabulary } from './word.ts';

const JOINTS = [
  'over',
  'compared to',
  'compared with',
  'from',
  'on',
  'vs',
  'versus',
  'against',
  'relative to',
  'to',
  'in',
  'since',
];

/** `vs the previous month`, `from the month before`. */
function before(grains: readonly string[]): string {
  return grains
    .flatMap((grain) =>
      JOINTS.flatMap((joint) => [
        `${joint} the previous ${grain}`,
        `${joint} previous ${grain}`,
        `${joint} the ${grain} before`,
        `${joint} the prior ${grain}`,
        `${joint} the preceding ${grain}`,
      ]),
    )
    .concat(grains.flatMap((grain) => [`than the ${grain} before`, `than the previous ${grain}`]))
    .join('|');
}

/** `include those without any`, `also the ones with none`. */
const WITH_NONE = [
  'include',
  'including',
  'also',
  'also include',
  'even',
  'and',
  'also list',
  'also show',
]
  .flatMap((how) => ['those', 'the ones', 'any'].map((which) => `${how} ${which}`))
  .flatMap((lead) =>
    [
      'without any',
      'with none',
      'that have none',
      'who have none',
      'with zero',
      'with no such',
      'without one',
    ].map((none) => `${lead} ${none}`),
  )
  .concat([
    'including zeros',
    'including zeroes',
    'include zeros',

    'zeros included',
    'even if they have none',
    'even if it has none',
    'even where there are none',
    'with zero where there are none',
    'with 0 for those without any',
  ]);

export const ENGLISH_STEPS: Vocabulary = [
  [WITH_NONE.join('|'), { word: 'with-none' }],
  [
    'year over year|year on year|yoy|y o y',
    { word: 'from-before', by: 'year', inPercent: true, grain: 'year' },
  ],
  [
    'month over month|month on month',
    { word: 'from-before', by: 'period', inPercent: true, grain: 'month' },
  ],
  [
    'quarter over quarter|quarter on quarter',
    { word: 'from-before', by: 'period', inPercent: true, grain: 'quarter' },
  ],
  [before(['year']), { word: 'from-before', by: 'year' }],
  [
    `${before(['month'])}|from month to month|from one month to the next`,
    { word: 'from-before', by: 'period', grain: 'month' },
  ],
  [
    `${before(['quarter'])}|from quarter to quarter|from one quarter to the next`,
    { word: 'from-before', by: 'period', grain: 'quarter' },
  ],
  [
    'from year to year|from one year to the next',
    { word: 'from-before', by: 'year', grain: 'year' },
  ],
  [
    'cumulative|running total of|cumulative total of|running total|running sum of|the running total of',
    { word: 'running' },
  ],
];
