/**
 * BM25 (Robertson and Zaragoza, 2009): score(d) = Σ idf(t) · tf · (k1 + 1) / (tf + k1 · (1 − b + b · |d| / mean)),
 * idf(t) = ln(1 + (N − df + 0.5) / (df + 0.5)).
 */
const K1 = 1.2;
const B = 0.75;

export interface Bm25 {
  /** One score for each document. */
  scores(terms: readonly string[]): Float64Array;
  /** The weight of a term that `documents` of them have. */
  weight(documents: number): number;
}

/** Indexes documents, each a list of terms. */
export function buildBm25(documents: readonly (readonly string[])[]): Bm25 {
  const postings = new Map<string, Map<number, number>>();
  for (const [index, terms] of documents.entries()) {
    for (const term of terms) {
      const list = postings.get(term) ?? new Map<number, number>();
      list.set(index, (list.get(index) ?? 0) + 1);
      postings.set(term, list);
    }
  }
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / (documents.length || 1);
  const weight = (found: number) =>
    Math.log(1 + (documents.length - found + 0.5) / (Math.max(0, found) + 0.5));
  return {
    weight,
    scores(terms) {
      const scores = new Float64Array(documents.length);
      for (const term of new Set(terms)) {
        const list = postings.get(term) ?? new Map<number, number>();
        for (const [index, count] of list) {
          const length = (documents[index]?.length ?? 0) / (mean || 1);
          const frequency = (count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
          scores[index] = (scores[index] ?? 0) + weight(list.size) * frequency;
        }
      }
      return scores;
    },
  };
}
