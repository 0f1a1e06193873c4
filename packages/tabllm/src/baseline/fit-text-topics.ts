/** What is learned of a column of text from all rows, labelled or not: its words, and the topics of its rows. */
import { seededRandom } from '@quaestor/peft';
import { areWritten } from '../schema/written-cells.ts';
import { leadingDirections } from './leading-directions.ts';
import { type TextWords, topicsOf, type WordWeights, wordWeigher } from './text-topics.ts';
import { wordsOf } from './text-words.ts';

/** Rows that are read. */
const MOST_ROWS = 5000;
/** A word of fewer rows tells nothing of others. */
const FEWEST = 2;
/** Chosen on the means over 15 tables of news, tweets, reviews and questions, 8 to 128 labels. */
const MOST_WORDS = 2000;
const SHOWN = { most: 600, ofAll: 1200, fewest: 20 };
const TOPICS = { most: 16, ofAll: 96, fewest: 4 };
/** Digits that entries are kept with. */
const DIGITS = 1e4;

/** Whether cells of text have words in common, and are no numbers or dates that are not read. @param cells those that are not missing */
export function saysSomething(cells: readonly string[]): boolean {
  return !areWritten(cells) && knownWords(someOf(cells)).length > 0;
}

/**
 * null: nothing is said, see `saysSomething`.
 * @param cells of all rows, but for missing ones
 * @param columns of text that the table has, which share what models can look at
 */
export function fitTextTopics(cells: readonly string[], columns = 1): TextWords | null {
  if (areWritten(cells)) return null;
  const some = someOf(cells);
  const known = knownWords(some);
  if (known.length === 0) return null;
  const words = known.map(([word]) => word);
  const idf = known.map(([, count]) => rounded(Math.log((1 + some.length) / (1 + count)) + 1));
  const rows = some.map(wordWeigher({ words, idf }));
  const topics = Math.min(shareOf(TOPICS, columns), words.length - 1);
  const axes = [...axesOf(rows, words.length, topics)].map(rounded);
  return { words, idf, shown: Math.min(shareOf(SHOWN, columns), words.length), axes, topics };
}

/** What each of so many columns of text gets of what models can look at. */
export function shareOf(
  { most, ofAll, fewest }: Readonly<Record<'most' | 'ofAll' | 'fewest', number>>,
  columns: number,
): number {
  return Math.max(fewest, Math.min(most, Math.floor(ofAll / columns)));
}

function someOf(cells: readonly string[]): string[] {
  return seededRandom(0)
    .shuffle([...cells])
    .slice(0, MOST_ROWS);
}

/** Words of several cells with the number of cells they are in, the most frequent first. */
function knownWords(cells: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    for (const word of new Set(wordsOf(cell))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= FEWEST)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS);
}

function rounded(entry: number): number {
  return Math.round(DIGITS * entry) / DIGITS;
}

/** Topics' axes, of a length that gives the rows' topics a mean square of 1: [words, topics]. */
function axesOf(rows: readonly WordWeights[], words: number, topics: number): Float64Array {
  const axes = leadingDirections((basis, width) => timesGram(rows, basis, width), words, topics);
  const squares = rows.reduce(
    (sum, row) => sum + topicsOf({ axes, topics }, row).reduce((own, along) => own + along ** 2, 0),
    0,
  );
  const spread = Math.sqrt(squares / rows.length) || 1;
  return axes.map((entry) => entry / spread);
}

/** XᵀX·basis, X the rows' weights: [words, width]. */
function timesGram(rows: readonly WordWeights[], basis: Float64Array, width: number): Float64Array {
  const product = new Float64Array(basis.length);
  for (const row of rows) {
    const along = topicsOf({ axes: basis, topics: width }, row);
    for (const [i, place] of row.places.entries()) {
      const weight = row.weights[i] as number;
      for (let t = 0; t < width; t++) {
        const at = place * width + t;
        product[at] = (product[at] as number) + weight * (along[t] as number);
      }
    }
  }
  return product;
}
