/** What is said where a column of yes and no, or of two codes, is not so: `unsecured`, `uncollected`. */
import type { Column } from '../../schema/schema.ts';
import { codesOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { wordsOf } from '../columns/name-words.ts';

/** A participle that is said with un- where it is not so. */
const DONE = /^(?!un)(?:[a-z]{3,}ed|sold|paid|known)$/;

/** The words for a flag that is not so, each with what is stored then. */
export function deniedFlags(column: Column): (readonly [text: string, value: string])[] {
  const flag = flagOf(column);
  if (flag === undefined) return [];
  const [yes, no] = flag;
  const own = wordsOf(column.name).filter((word) => !/^(?:is|has|was|flag)$/.test(word));
  const explained = codesOf(column.comment).flatMap(([words, code]) =>
    code === `${yes}` ? words : [],
  );
  const done = [own.join(' '), ...explained].filter((text) => DONE.test(text));
  return [...new Set(done)].map((text) => [`un${text}`, `${no}`] as const);
}

const QUARRELS: ReadonlyMap<string, string> = new Map([
  ['disputed', 'dispute'],
  ['appealed', 'appeal'],
  ['reviewed', 'review'],
  ['contested', 'dispute'],
  ['investigated', 'investigation'],
  ['litigated', 'litigation'],
]);

/** `in dispute`, `under appeal` for disputed, appealed. */
export function disputedNames(own: readonly string[]): string[] {
  const noun = QUARRELS.get(own.join(' ').toLowerCase());
  return noun === undefined ? [] : [`in ${noun}`, `under ${noun}`];
}
