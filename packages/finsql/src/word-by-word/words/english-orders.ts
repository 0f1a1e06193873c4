/** How English says in what order rows are to be: `listed in descending alphabetical order of`. */
import type { Vocabulary, Word } from './word.ts';

const LEADS = ['', 'sorted ', 'ordered ', 'listed ', 'arranged ', 'ranked '];

/** Each text behind each word that leads to an order. */
function led(texts: readonly string[]): string {
  return LEADS.flatMap((lead) => texts.map((text) => `${lead}${text}`)).join('|');
}

/** `in descending order`, `in the decreasing order`. */
function inOrder(kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) =>
    ['in', 'in the', 'in a', 'in an', 'by', 'by the', 'with'].map((how) => `${how} ${kind} order`),
  );
}

/** A direction by itself, and one behind which comes what rows are ordered by. */
function direction(texts: readonly string[], word: Word, following: Word): Vocabulary {
  const behind = texts.flatMap((text) =>
    ['of', 'by', 'of the', 'by the', 'according to', 'based on', 'with respect to'].map(
      (joint) => `${text} ${joint}`,
    ),
  );
  return [
    [led(texts), word],
    [led(behind), following],
  ];
}

/** `from highest to lowest`, `from the highest to the lowest`. */
function fromTo(pairs: readonly (readonly [from: string, to: string])[]): string[] {
  return pairs.flatMap(([from, to]) => [
    `from ${from} to ${to}`,
    `from the ${from} to the ${to}`,
    `${from} to ${to}`,
  ]);
}

function reversed(
  pairs: readonly (readonly [from: string, to: string])[],
): (readonly [from: string, to: string])[] {
  return pairs.map(([from, to]) => [to, from]);
}

const DOWNWARD = [
  ['highest', 'lowest'],
  ['high', 'low'],
  ['most', 'least'],
  ['most', 'fewest'],
  ['greatest', 'least'],
  ['greatest', 'smallest'],
  ['largest', 'smallest'],
  ['biggest', 'smallest'],
  ['large', 'small'],
  ['longest', 'shortest'],
  ['tallest', 'shortest'],
  ['heaviest', 'lightest'],
] as const;

const BACK_IN_TIME = [
  ['newest', 'oldest'],
  ['latest', 'earliest'],
  ['most recent', 'oldest'],
  ['most recent', 'least recent'],
  ['most recent', 'earliest'],
] as const;

const TO_YOUNG = [
  ['oldest', 'youngest'],
  ['old', 'young'],
  ['eldest', 'youngest'],
] as const;

const DOWN_KINDS = ['descending', 'decreasing', 'desc', 'descendent'];
const UP_KINDS = ['ascending', 'increasing', 'asc'];
const TEXT_KINDS = ['alphabetical', 'alphabetic', 'lexicographic', 'lexicographical'];

const DOWN_TEXTS = [...DOWN_KINDS, 'reverse', 'reversed'].flatMap((down) =>
  TEXT_KINDS.map((kind) => `${down} ${kind}`),
);
const UP_TEXTS = [
  ...TEXT_KINDS,
  ...UP_KINDS.flatMap((up) => TEXT_KINDS.map((kind) => `${up} ${kind}`)),
];

const MOST = ['highest', 'largest', 'biggest', 'greatest', 'most'];
const LEAST = ['lowest', 'smallest', 'fewest', 'least'];

const DESCENDING = { word: 'descending' } as const;
const ASCENDING = { word: 'ascending' } as const;

export const ENGLISH_ORDERS: Vocabulary = [
  [
    // `sorted by`; by itself, `by` groups as well.
    LEADS.filter((lead) => lead !== '' && lead !== 'ranked ')
      .flatMap((lead) => ['by', 'using', 'according to', 'based on'].map((how) => lead + how))
      .join('|'),
    { word: 'sorted-by' },
  ],
  [
    led(['in order of', 'in the order of', 'by order of', 'by the order of', 'in order by']),
    { word: 'sorted-by' },
  ],
  [
    'sort by|order by|sort them by|order them by|sort it by|order the results by|sort the results by|and sort by|and order by',
    { word: 'sorted-by' },
  ],
  [
    'sort them|order them|sort the results|order the results|sort the list|order the list|order all|order the',
    { word: 'sort' },
  ],
  ...direction(
    [...inOrder(DOWN_KINDS), ...fromTo(DOWNWARD), 'descending', 'descendingly', 'desc'],
    DESCENDING,
    { ...DESCENDING, follows: true },
  ),
  ...direction(
    MOST.flatMap((most) => [`${most} first`, `${most} on top`, `${most} at the top`]),
    { ...DESCENDING, ofFigures: true },
    { ...DESCENDING, ofFigures: true, follows: true },
  ),
  [
    `top first|largest ones first|biggest ones first|highest ones first|from the largest down|
     from the biggest down|from the highest down|from the top down`,
    { ...DESCENDING, ofFigures: true },
  ],
  [
    'best first|from the best down|most expensive first|dearest first|costliest first|heaviest first|longest first',
    { ...DESCENDING, ofFigures: true, ofWorth: true },
  ],
  [
    MOST.flatMap((most) =>
      ['total', 'sum', 'amount', 'value'].flatMap((figure) =>
        ['first', 'on top'].map((place) => `${most} ${figure} ${place}`),
      ),
    ).join('|'),
    { ...DESCENDING, ofFigures: true, ofMeasure: 'sum' },
  ],
  [
    'most frequent first|most common first|busiest first|highest number first|largest number first|highest count first|largest count first',
    { ...DESCENDING, ofFigures: true, ofMeasure: 'count' },
  ],
  ['cheapest first|cheapest ones first', { ...ASCENDING, ofFigures: true }],
  ...direction(
    [...inOrder(UP_KINDS), ...fromTo(reversed(DOWNWARD)), 'ascending', 'ascendingly', 'asc'],
    ASCENDING,
    { ...ASCENDING, follows: true },
  ),
  ...direction(
    LEAST.flatMap((least) => [`${least} first`, `${least} on top`, `${least} at the top`]),
    { ...ASCENDING, ofFigures: true },
    { ...ASCENDING, ofFigures: true, follows: true },
  ),
  [
    `${led(['by descending', 'by decreasing', 'in order of descending', 'in order of decreasing', 'in descending', 'in decreasing'])}|descending order of`,
    { ...DESCENDING, follows: true },
  ],
  [
    `${led(['by ascending', 'by increasing', 'in order of ascending', 'in order of increasing', 'in ascending', 'in increasing'])}|ascending order of`,
    { ...ASCENDING, follows: true },
  ],
  ...direction(
    [...inOrder(DOWN_TEXTS), 'reverse alphabetically', ...fromTo([['z', 'a']])],
    { ...DESCENDING, ofTexts: true },
    { ...DESCENDING, ofTexts: true, follows: true },
  ),
  ...direction(
    [
      ...inOrder(UP_TEXTS),
      'alphabetically',
      'lexicographically',
      'in alphabetical oder',
      ...fromTo([['a', 'z']]),
    ],
    { ...ASCENDING, ofTexts: true },
    { ...ASCENDING, ofTexts: true, follows: true },
  ),
  ...direction(
    [
      ...inOrder(['reverse chronological', 'descending chronological']),
      ...fromTo(BACK_IN_TIME),
      'newest first',
      'latest first',
      'most recent first',
    ],
    { word: 'days-first', descending: true },
    { word: 'days-first', descending: true, follows: true },
  ),
  ...direction(
    [
      ...inOrder(['chronological', 'ascending chronological']),
      ...fromTo(reversed(BACK_IN_TIME)),
      'chronologically',
      'earliest first',
      'soonest first',
      'nearest first',
    ],
    { word: 'days-first', descending: false },
    { word: 'days-first', descending: false, follows: true },
  ),
  ...direction(
    [...fromTo(TO_YOUNG), 'oldest first', 'eldest first'],
    { word: 'days-first', descending: false, ofAge: true },
    { word: 'days-first', descending: false, ofAge: true, follows: true },
  ),
  ...direction(
    [...fromTo(reversed(TO_YOUNG)), 'youngest first'],
    { word: 'days-first', descending: true, ofAge: true },
    { word: 'days-first', descending: true, ofAge: true, follows: true },
  ),
];
