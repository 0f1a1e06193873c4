/** Adjectives that say by what things are compared: `the tallest building`, `heavier than 80`. */
import { compare, type Dimension, extreme, type Vocabulary } from './word.ts';

const ADJECTIVES: readonly (readonly [
  dimension: Dimension,
  most: string,
  least: string,
  more: string,
  less: string,
])[] = [
  ['height', 'tallest', '', 'taller than', ''],
  ['length', 'longest|longest lasting', '', 'longer than|lasting longer than', ''],
  // Of people the height, of films the length.
  ['size', '', 'shortest', '', 'shorter than'],
  [
    'weight',
    'heaviest',
    'lightest',
    'heavier than|weighing more than',
    'lighter than|weighing less than',
  ],
  ['depth', 'deepest', 'shallowest', 'deeper than', ''],
  ['speed', 'fastest', 'slowest', 'faster than', 'slower than'],
  ['population', 'most populous|most populated', 'least populous|least populated', '', ''],
  [
    'value',
    'most valuable|worth the most|worth most',
    'least valuable|worth the least|worth least',
    'worth more than|worth over',
    'worth less than|worth under',
  ],
  ['price', '', '', 'more expensive than|dearer than|pricier than|costlier than', 'cheaper than'],
];

export const ENGLISH_DIMENSIONS: Vocabulary = ADJECTIVES.flatMap(
  ([dimension, most, least, more, less]): Vocabulary => [
    [most, { ...extreme(true), dimension }],
    [least, { ...extreme(false), dimension }],
    [more, { ...compare('>'), dimension }],
    [less, { ...compare('<'), dimension }],
  ],
).filter(([texts]) => texts !== '');
