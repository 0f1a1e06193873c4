/** How English asks for all that is held of things: `all information about customers`. */
import type { Vocabulary } from './word.ts';

const ABOUT = ['about', 'of', 'on', 'for', 'regarding', 'concerning', 'related to'];
const WHOSE = ['', ' all', ' all the', ' each', ' every', ' the', ' any'];

function about(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    ABOUT.flatMap((joint) => WHOSE.map((whose) => `${text} ${joint}${whose}`)),
  );
}

function allOf(nouns: readonly string[]): string {
  const all = nouns.flatMap((noun) =>
    ['all', 'all the', 'the full', 'complete'].map((how) => `${how} ${noun}`),
  );
  return [...all, ...about(all)].join('|');
}

/** How English asks for it. */
export const WHOLE_ROWS: Vocabulary = [
  [
    `${allOf(['information', 'info', 'data', 'columns', 'fields', 'attributes'])}|${about(['everything']).join('|')}`,
    { word: 'whole' },
  ],
  [allOf(['details']), { word: 'whole', details: true }],
  // Without `all`, it may be a part of it.
  [about(['information', 'the information', 'info']).join('|'), { word: 'whole' }, 0.5],
];
