/** What the prompt says beside names: linked values, and comments where the name is silent. */

import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { hasHan, stem, stems } from '../retrieval/words.ts';
import { type Column, fold } from '../schema/schema.ts';
import { commentIn, legendOf } from './legend.ts';

export interface Annotations {
  /** Stored values that the question mentions, longest first. */
  values(table: string, column: string): readonly string[];
  /** What a column holds beside the values that are shown, where this is told of each; empty otherwise. */
  legend(column: Column, values: readonly string[]): string;
  /** The telling words of a comment; empty for most. */
  note(table: string, column: string | undefined, comment: string): string;
}

const MOST_VALUES = 2;
const MOST_NOTES = 6;
const NOTE_WORDS = 8;
/** Words of comments that a note does without. */
const FILLERS: ReadonlySet<string> = new Set('a an and are by for in is of on the to'.split(' '));
/** Weight of the question's stems that a comment has to add to the name, as a part of the greatest weight. */
const TELLING = 0.65;

/**
 * Annotations of the tables of a prompt. Comments mostly repeat the name, so only those are given
 * that share telling words with the question which the name lacks, or hides as `lifeexpectancy` does,
 * and of them the most telling.
 */
export function annotate(
  context: DatabaseContext,
  retrieval: Retrieval,
  tables: readonly string[],
  shown: { readonly notes: boolean; readonly legends: boolean },
): Annotations {
  const enough = TELLING * context.lexicon.greatestWeight;
  const candidates = tables.flatMap((table) => [
    { id: table, explained: retrieval.tables.find(({ name }) => name === table)?.explained ?? 0 },
    ...retrieval
      .columnsOf(table)
      .map(({ name, explained }) => ({ id: `${table}.${name}`, explained })),
  ]);
  const noted = new Set(
    candidates
      .filter(({ explained }) => shown.notes && explained >= enough)
      .sort((a, b) => b.explained - a.explained)
      .slice(0, MOST_NOTES)
      .map(({ id }) => id),
  );
  const values = new Map<string, string[]>();
  for (const value of [...retrieval.evidence].sort((a, b) => b.length - a.length)) {
    const id = fold(`${value.table}.${value.column}`);
    const list = values.get(id) ?? [];
    if (list.length < MOST_VALUES && !list.includes(value.value)) list.push(value.value);
    values.set(id, list);
  }
  const asked = new Set(stems(retrieval.question));
  const inChinese = hasHan(retrieval.question);
  return {
    legend: (column, shownValues) =>
      shown.legends ? legendOf(column, shownValues, inChinese) : '',
    values: (table, column) => values.get(`${table}.${column}`) ?? [],
    note: (table, column, comment) =>
      noted.has(column === undefined ? table : `${table}.${column}`)
        ? tellingWords(comment, asked, inChinese)
        : '',
  };
}

/**
 * A comment without fillers; of a long one the words around those that the question has, since
 * columns of one table often differ in their last words only.
 */
function tellingWords(comment: string, asked: ReadonlySet<string>, inChinese: boolean): string {
  const kept = commentIn(comment, inChinese)
    .replace(/[()]/g, ' ')
    .trim()
    .split(/\s+/)
    .filter((word) => !FILLERS.has(word.toLowerCase()));
  const hits = kept.map((word) => (asked.has(stem(word.toLowerCase())) ? 1 : 0));
  let start = 0;
  let most = -1;
  for (let i = 0; i === 0 || i + NOTE_WORDS <= kept.length; i++) {
    const found = hits.slice(i, i + NOTE_WORDS).reduce<number>((sum, hit) => sum + hit, 0);
    if (found > most) [start, most] = [i, found];
  }
  return kept.slice(start, start + NOTE_WORDS).join(' ');
}
