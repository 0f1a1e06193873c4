/**
 * Free text as numbers: its words, weighed by how rare they are, and topics, the directions along which texts differ
 * most (latent semantic analysis, Deerwester et al. 1990):
 *   t_w = (1 + log count_w)·idf_w / ‖·‖     idf_w = log((1 + rows)/(1 + rows with w)) + 1
 *   topics = t·A                            A: right singular vectors of the rows' t, of one length
 */
import { wordsOf } from './text-words.ts';

/** What was learned of a column of text; data, to be kept with a model. */
export interface TextWords {
  /** The most frequent first. */
  readonly words: readonly string[];
  readonly idf: readonly number[];
  /** So many of them have a column of their own. */
  readonly shown: number;
  /** A: [words, topics]. */
  readonly axes: readonly number[];
  readonly topics: number;
}

/** A text's known words. */
export interface WordWeights {
  /** In order. */
  readonly places: readonly number[];
  /** t */
  readonly weights: readonly number[];
}

/** Columns of a text: those of words, and of topics. */
export function widthOfText({ shown, topics }: TextWords): number {
  return shown + topics;
}

export type TextEntry = readonly [column: number, entry: number];

/** A function of cells: the columns that are not 0, in order, and their entries. */
export function textReader(text: TextWords): (cell: string) => readonly TextEntry[] {
  const weigh = wordWeigher(text);
  return (cell) => {
    const told = weigh(cell);
    const words = told.places.map((place, i) => [place, told.weights[i] as number] as const);
    const topics = Array.from(topicsOf(text, told), (along, t) => [text.shown + t, along] as const);
    return [
      ...words.filter(([place]) => place < text.shown),
      ...topics.filter(([, along]) => along !== 0),
    ];
  };
}

/** A function of cells; nothing of a cell without known words. */
export function wordWeigher({
  words,
  idf,
}: Pick<TextWords, 'words' | 'idf'>): (cell: string) => WordWeights {
  const places = new Map(words.map((word, place) => [word, place]));
  return (cell) => {
    const counts = new Map<number, number>();
    for (const word of wordsOf(cell)) {
      const place = places.get(word);
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    const found = [...counts].sort(([a], [b]) => a - b);
    const weights = found.map(([place, count]) => (1 + Math.log(count)) * (idf[place] as number));
    const length = Math.hypot(...weights);
    return {
      places: found.map(([place]) => place),
      weights: weights.map((weight) => weight / length),
    };
  };
}

/** Where a text lies along each axis: [topics]. @param axes [words, topics] */
export function topicsOf(
  { axes, topics }: { readonly axes: ArrayLike<number>; readonly topics: number },
  { places, weights }: WordWeights,
): Float64Array {
  const along = new Float64Array(topics);
  for (const [i, place] of places.entries()) {
    const weight = weights[i] as number;
    for (let t = 0; t < topics; t++) {
      along[t] = (along[t] as number) + weight * (axes[place * topics + t] as number);
    }
  }
  return along;
}
