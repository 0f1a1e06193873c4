/** Known questions to ask instead, where what was asked gets a doubtful answer or none. */
import { type Neighbour, questionKey } from '../retrieval/exemplars.ts';

const MOST = 3;
/** Cosine below which two questions have hardly a word in common: two ways to ask the same may have few. */
const LEAST = 0.08;
/** Share of the nearest one's cosine that those beside it have. */
const BESIDE = 0.5;

/**
 * At most three known questions, the nearest first: none in the words of the one asked, none of whose
 * statement a nearer one has.
 * @param neighbours of the question, the nearest first
 */
export function nearQuestions(question: string, neighbours: readonly Neighbour[]): string[] {
  const least = Math.max(LEAST, BESIDE * (neighbours[0]?.similarity ?? 0));
  const asked = questionKey(question);
  const near = neighbours.filter(
    ({ item, similarity }, at) =>
      similarity >= least &&
      questionKey(item.question) !== asked &&
      neighbours.findIndex((nearer) => nearer.item.sql === item.sql) === at,
  );
  return near.slice(0, MOST).map(({ item }) => item.question);
}
