/** How English holds figures to their mean: `above the average`, `more than twice`, `in their own`. */
import { compare, type Vocabulary } from './word.ts';

const ABOVE = [
  'above',
  'over',
  'higher than',
  'more than',
  'larger than',
  'greater than',
  'bigger than',
  'exceeding',
  'exceed',
  'exceeded',
  'longer than',
];
const BELOW = [
  'below',
  'under',
  'lower than',
  'less than',
  'smaller than',
  'fewer than',
  'shorter than',
];
const MEANS = ['average', 'the average', 'the mean', 'average of all', 'the average of all'];

function held(signs: readonly string[]): string {
  return signs.flatMap((sign) => MEANS.map((mean) => `${sign} ${mean}`)).join('|');
}

const PLACES = ['in', 'of', 'for', 'within', 'at', 'among', 'across'];
const OWNERS = ['their', 'its', 'his', 'her'];

/** Before what a figure is a part of. */
export const AS_PARTS = [
  'as a percentage',
  'as percentage',
  'as a percent',
  'as percent',
  'in percent',
  'as %',
  'in %',
  'as a share',
  'as a proportion',
  'as a fraction',
];

const MOST_AND_LEAST = [
  'highest and lowest',
  'largest and smallest',
  'maximum and minimum',
  'max and min',
  'lowest and highest',
  'highest and the lowest',
  'largest and the smallest',
  'maximum and the minimum',
  'longest and shortest',
  'most expensive and cheapest',
  'minimum and maximum',
  'min and max',
  'lowest and the highest',
];

export const ENGLISH_MEANS: Vocabulary = [
  [held(ABOVE), { word: 'mean', sign: '>' }],
  [held(BELOW), { word: 'mean', sign: '<' }],
  [
    held(['more expensive than', 'pricier than', 'dearer than', 'cost more than']),
    { word: 'mean', sign: '>', of: 'price' },
  ],
  [held(['cheaper than', 'cost less than']), { word: 'mean', sign: '<', of: 'price' }],
  ['company average|company wide average|general average', { word: 'measure', call: 'avg' }, 0.3],
  [
    ['difference between', 'gap between', 'spread between', 'range between']
      .flatMap((how) => MOST_AND_LEAST.flatMap((two) => [`${how} ${two}`, `${how} the ${two}`]))
      .join('|'),
    { word: 'measure', call: 'range' },
  ],
  ['second|2nd', { word: 'nth', place: 2 }],
  ['third|3rd', { word: 'nth', place: 3 }],
  ['fourth|4th', { word: 'nth', place: 4 }],
  ['fifth|5th', { word: 'nth', place: 5 }],
  [AS_PARTS.map((part) => `${part} of`).join('|'), { word: 'percent-of' }],
  [
    AS_PARTS.flatMap((part) =>
      ['total', 'the total', 'the whole', 'all', 'overall total'].map((all) => `${part} of ${all}`),
    ).join('|'),
    { word: 'percent-of', all: true },
  ],
  ['minus|less the', { word: 'minus' }],
  [
    'difference|the difference|the gap|overrun|the overrun|the excess|the shortfall|shortfall|the amount over|the amount missing',
    { word: 'gap' },
    0.5,
  ],
  ['ran over|came in over|went over|gone over|going over|overran|exceeds', compare('>')],
  ['falls short of|fell short of|came in under', compare('<')],
  ['together', { word: 'measure', call: 'sum' }, 0.25],
  ['difference between|the difference between|gap between', { word: 'difference' }],
  ['twice|two times|double the|2 times the', { word: 'times', factor: 2 }],
  ['three times|triple the|3 times the', { word: 'times', factor: 3 }],
  [
    'one and a half times|1.5 times|one and a half times the|1.5 times the',
    { word: 'times', factor: 1.5 },
  ],
  ['half|half of|half the', { word: 'times', factor: 0.5 }],
  [
    PLACES.flatMap((place) => OWNERS.map((owner) => `${place} ${owner}`)).join('|'),
    { word: 'own', soft: true },
  ],
];
