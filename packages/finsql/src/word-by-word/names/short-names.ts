/** Words of names without their vowels, as people shorten them: shpmt for shipment, wgt for weight. */
import { nameWords } from '../../retrieval/words.ts';
import type { Schema } from '../../schema/schema.ts';
import { inFull } from '../words/shortened-words.ts';
import type { Dictionary } from './names.ts';

/** Of the consonants of a word, those that its short form has at least. */
const MOST = 0.6;
const FEWEST_LETTERS = 3;

export interface ShortNames {
  /** Words that names are written with and no question is. */
  readonly short: ReadonlySet<string>;
  /** Words that names are written with. */
  readonly written: ReadonlySet<string>;
  /** Words of all that names are said with. */
  readonly known: ReadonlySet<string>;
}

export function shortNames(schema: Schema, names: Dictionary): ShortNames {
  const written = schema.tables.flatMap(({ name, columns }) =>
    [name, ...columns.map((column) => column.name)].flatMap(nameWords),
  );
  return {
    short: new Set(written.filter(isShort)),
    written: new Set(written),
    known: new Set([...names.keys()].flatMap((key) => key.split(' '))),
  };
}

/** `pct` stands for percent, and for no project. */
function isShort(word: string): boolean {
  const isOpen = word.length >= FEWEST_LETTERS && /^[a-z][^aeiou\d]+$/.test(word);
  return isOpen && inFull([word]).join(' ') === word;
}

/** The one short form of a word among the names; undefined where there is none, or several, or a name has the word. */
export function shortFormOf(word: string, { short, known }: ShortNames): string | undefined {
  if (known.has(word) || !/^[a-z]+$/.test(word)) return undefined;
  const [only, ...others] = [...short].filter((one) => isShortFor(one, word));
  return others.length > 0 ? undefined : only;
}

/** Whether the letters stand in a word in their order, the first in front, and are most of its consonants. */
function isShortFor(short: string, word: string): boolean {
  // bond → bnd.
  if (
    word.length === short.length + 1 &&
    word.slice(1).replaceAll(/[aeiou]/g, '') === short.slice(1)
  )
    return short[0] === word[0];
  if (short[0] !== word[0] || word.length < short.length + 2) return false;
  let at = 0;
  for (const letter of word) if (letter === short[at]) at++;
  const consonants = word.replaceAll(/[aeiou]/g, '').length;
  return at === short.length && short.length >= MOST * consonants;
}
