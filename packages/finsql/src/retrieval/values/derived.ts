/**
 * Categories that a question says in another form: `insurers` for `Insurance`, `property developer`
 * for `Property Development`, `Zhejiang` for `Zhejiang Province`. Words are compared by their stems,
 * in order.
 */
import type { Schema } from '../../schema/schema.ts';
import { isStopWord, nameWords } from '../words.ts';
import { type Category, type CategoryLookup, isConnecting } from './categories.ts';
import type { Mention } from './exact.ts';
import { porterStems } from './porter.ts';
import { runsOf } from './units.ts';

interface Word {
  readonly stem: string;
  /** Stems of the places that it may be derived from. */
  readonly origins: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly written: string;
}

/** A stem of fewer letters is that of too many words. */
const SHORTEST_STEM = 4;
/** Words of the question between two of a category. */
const GAP = 1;
/** A word of so many of a column's texts says what they all are, and may be left out. */
const SHARED = 0.5;

/** Stems of the words of all names: those alone ask for what is named, not for a value. */
export function readNameStems({ tables }: Schema): ReadonlySet<string> {
  const names = tables.flatMap(({ name, columns }) => [
    name,
    ...columns.map((column) => column.name),
  ]);
  return new Set(porterStems([...new Set(names.flatMap(nameWords))]));
}

/**
 * @param covered for each UTF-16 unit of the question, 1 where a mention lies; those found here are added
 */
export function findDerived(
  lookup: CategoryLookup,
  question: string,
  names: ReadonlySet<string>,
  covered: Uint8Array,
): Mention[] {
  const asked = readWords(question, covered);
  const telling = ({ stem, written }: Word): boolean =>
    stem.length >= SHORTEST_STEM &&
    !isStopWord(written.toLowerCase()) &&
    !/\d/.test(stem) &&
    !names.has(stem);
  const found = lookup
    .withStems(asked.filter(telling).flatMap(({ stem, origins }) => [stem, ...origins]))
    .map((category) => ({ category, words: longestRun(asked, category.stems) }))
    .filter(({ category, words }) => words.some(telling) && isMeant(lookup, category, words));
  const whole = found.filter(({ words }) => !found.some((other) => isPart(words, other.words)));
  for (const { from, to } of whole.flatMap(({ words }) => words)) covered.fill(1, from, to);
  return whole.map(({ category, words }) => ({
    place: category.place,
    length: words.length,
    from: words[0]?.from ?? 0,
    to: words.at(-1)?.to ?? 0,
  }));
}

function readWords(question: string, covered: Uint8Array): Word[] {
  const matches = [...question.matchAll(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)].filter(
    ({ 0: word, index }) => covered[index] === 0 && !isConnecting(word.toLowerCase()),
  );
  const forms = matches.map(([word]) => [word, ...placesOf(word)]);
  const stems = porterStems(forms.flat());
  return matches.map(({ 0: written, index }, at) => {
    const [stem = '', ...origins] = stems.splice(0, forms[at]?.length);
    return { stem, origins, from: index, to: index + written.length, written };
  });
}

/** Where people and things are from: `Africans` → Africa, `European` → Europe, `Japanese` → Japan. */
function placesOf(word: string): string[] {
  const [, start, ending] = /^(\p{Lu}\p{L}{2,}?)(ian|an|n|ese)s?$/u.exec(word) ?? [];
  if (start === undefined || ending === undefined) return [];
  if (ending === 'ese') return [start, `${start}a`];
  return ending === 'ian' ? [start, `${start}y`, `${start}ia`] : [start, `${start}a`];
}

/** The longest run of the question's words that are among the stems, in order. */
function longestRun(asked: readonly Word[], stems: readonly string[]): Word[] {
  let longest: Word[] = [];
  for (const start of asked.keys()) {
    const run: Word[] = [];
    let next = 0;
    let gap = 0;
    for (const word of asked.slice(start)) {
      const at = findStem(word, stems, next);
      if (at >= 0) {
        run.push(word);
        next = at + 1;
        gap = 0;
      } else if (run.length === 0 || ++gap > GAP) break;
    }
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

function findStem({ stem, origins }: Word, stems: readonly string[], from: number): number {
  const at = stems.indexOf(stem, from);
  const [only = ''] = stems;
  return at < 0 && stems.length === 1 && from === 0 && origins.includes(only) ? 0 : at;
}

/** All words of a category, or those that tell it from the others of its column. */
function isMeant(
  lookup: CategoryLookup,
  { place, stems }: Category,
  words: readonly Word[],
): boolean {
  if (words.length === stems.length) return stems.length > 1 || runsOf(place.value).length === 1;
  if (!words.every(({ written }) => /^\p{Lu}/u.test(written))) return false;
  const said = words.map(({ stem }) => stem);
  if (lookup.share(place, said).having !== 1) return false;
  const missing = stems.filter((stem) => !said.includes(stem));
  if (missing.some((stem) => /\d/.test(stem))) return false;
  const shared = missing.filter((stem) => {
    const { having, all } = lookup.share(place, [stem]);
    return having > 1 && having >= SHARED * all;
  });
  if (shared.length === missing.length) return true;
  const own = porterStems(nameWords(place.column));
  return missing.every((stem) => shared.includes(stem) || own.includes(stem));
}

function isPart(words: readonly Word[], of: readonly Word[]): boolean {
  return of.length > words.length && words.every((word) => of.includes(word));
}
