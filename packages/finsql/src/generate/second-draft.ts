/**
 * A second draft beside the exemplar that the first one asks for (DAIL-SQL, Gao et al. 2023,
 * arXiv 2308.15363 §4.2: exemplars near in question and near in a preliminary statement):
 *
 *     nearness(exemplar) = cosine(question, its question) + 0.8 · jaccard(words of the draft, of its SQL)
 *
 * Of the two drafts the one is kept that passes over fewer of the stored texts and numbers that the
 * question spells out; of two that do not differ in that, the likelier as a whole: by the token a
 * statement that copies one more condition of its exemplar would seem the surer.
 */
import { askedOf, passedOver } from '../abstain/passed-over.ts';
import { composePrompt, type Prompt, type PromptOptions } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Neighbour } from '../retrieval/exemplars.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Statement } from './draft.ts';

type Likely = Pick<Statement, 'sql' | 'logProbability'>;

const SQL_WEIGHT = 0.8;
/** The second prompt may be longer by this much: the first left columns out. */
const WIDER = 10 / 7;

/**
 * The prompt for a second draft; undefined when it would be the same as the first, or the two drafts
 * could not be compared since their probabilities are unknown.
 * @param prompt the one that led to the first draft
 */
export function secondPrompt(
  context: DatabaseContext,
  prompt: Prompt,
  first: Likely,
  options: Omit<PromptOptions, 'budget'> = {},
): Prompt | undefined {
  const { retrieval, budget, text } = prompt;
  if (first.logProbability === null || retrieval.neighbours.length === 0) return undefined;
  const neighbours = byDraft(context, retrieval.neighbours, first.sql);
  const wider = { ...options, budget: Math.round(budget * WIDER) };
  const second = composePrompt(context, { ...retrieval, neighbours }, wider);
  return second.text === text ? undefined : second;
}

/** Whether the second draft is to be kept; not where a probability is unknown. */
export function isBetter(
  context: DatabaseContext,
  retrieval: Retrieval,
  first: Likely,
  second: Likely,
): boolean {
  if (first.logProbability === null || second.logProbability === null) return false;
  const asked = askedOf(context, retrieval);
  const less = passedOver(first.sql, asked).length - passedOver(second.sql, asked).length;
  return less === 0 ? second.logProbability > first.logProbability : less > 0;
}

/** Neighbours whose statement is near the draft first. */
function byDraft(
  context: DatabaseContext,
  neighbours: readonly Neighbour[],
  draft: string,
): readonly Neighbour[] {
  const wanted = wordsOf(draft);
  const nearness = ({ item, similarity }: Neighbour) =>
    similarity + SQL_WEIGHT * jaccard(wanted, wordsOf(context.known(item).sql));
  return neighbours
    .map((neighbour) => ({ neighbour, value: nearness(neighbour) }))
    .sort((a, b) => b.value - a.value)
    .map(({ neighbour }) => neighbour);
}

/** Names and keywords of a statement; no texts, numbers and signs. */
function wordsOf(sql: string): ReadonlySet<string> {
  const tokens = tokenizeSql(sql).filter(({ kind }) => kind === 'word' || kind === 'quoted');
  return new Set(tokens.map(({ value }) => fold(value)));
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}
