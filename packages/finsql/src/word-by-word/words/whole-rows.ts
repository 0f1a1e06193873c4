/** All that is held of things: `all information about customers`. */
import { findTable } from '../../schema/schema.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { Vocabulary } from './word.ts';

/** In the place of a column's name. */
export const EVERY_COLUMN = '*';

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

/** Columns that may be meant by the words for all of them. */
const DETAILS = /detail|description|详情|描述/i;
const INFORMATION = /info|data$|信息/i;

/**
 * Shows all columns of the thing.
 * @throws Unread where one of them may be meant, and beside other columns, measures and groups
 */
export function showWhole(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.whole === undefined) return;
  const columns = findTable(state.schema, thing)?.columns ?? [];
  const named = said.whole === 'details' ? DETAILS : INFORMATION;
  if (columns.some(({ name }) => named.test(name))) unread('details, or all columns');
  const { shown, groups, having, order } = asked;
  const isMeasured = having.length > 0 || (order !== undefined && isMeasure(order.by));
  if (shown.length + groups.length > 0 || isMeasured) unread('all columns beside others');
  shown.push({ table: thing, column: EVERY_COLUMN });
}
