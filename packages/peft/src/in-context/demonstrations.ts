/**
 * Which demonstrations to show for a query, within a token budget.
 *
 * - similarity: nearest first (Liu et al. 2022, https://arxiv.org/abs/2101.06804)
 * - diverse: maximal marginal relevance (Carbonell & Goldstein 1998): next is
 *   argmax λ·sim(query, d) − (1 − λ)·max over chosen c of sim(c, d)
 * - random: seeded, the baseline
 */
import { seededRandom } from '../tensors/random.ts';
import {
  DEFAULT_IN_CONTEXT_TEMPLATE,
  type Demonstration,
  demonstrationText,
  type InContextTemplate,
} from './prompt.ts';
import { cosine, indexTexts, type TextIndex, type TextVector } from './text-similarity.ts';

export type DemonstrationRanking = 'similarity' | 'diverse' | 'random';

/** Demonstrations made ready to be searched many times. */
export interface DemonstrationIndex<Item extends Demonstration = Demonstration> {
  readonly demonstrations: readonly Item[];
  readonly inputs: TextIndex;
}

export interface SelectionOptions {
  /** Default 'similarity'. */
  readonly ranking?: DemonstrationRanking;
  /** Tokens that all demonstrations may take together. */
  readonly budgetTokens: number;
  /** Length of a text in tokens. Asked at most once per demonstration, in order of rank. */
  readonly countTokens: (text: string) => number;
  /** At most so many. Default: as many as the budget holds. */
  readonly count?: number;
  /** How each is written, for its length; the one given to `inContextPrompt`. */
  readonly template?: InContextTemplate;
  /** What a chat template adds around each demonstration. Default 0. */
  readonly overheadTokens?: number;
  /** λ of 'diverse': 1 looks only at the query. Default 0.7. */
  readonly relevance?: number;
  /** Of 'random'. Default 1. */
  readonly seed?: number;
}

export interface Selection<Item extends Demonstration = Demonstration> {
  /** In the order to show them: the most similar last, next to the query; random ones as drawn. */
  readonly chosen: readonly Item[];
  /** Tokens that they take. */
  readonly tokens: number;
  /** All others, by their index in the pool, best first. */
  readonly leftOut: readonly {
    readonly index: number;
    /** Longer than what was left of the budget, or beyond `count`. */
    readonly reason: 'budget' | 'count';
  }[];
}

/** Indexes a pool once, for many queries. */
export function indexDemonstrations<Item extends Demonstration>(
  demonstrations: readonly Item[],
): DemonstrationIndex<Item> {
  return { demonstrations, inputs: indexTexts(demonstrations.map(({ input }) => input)) };
}

/**
 * Chooses demonstrations for a query: goes through the pool in order of rank and takes each that
 * still fits into the budget, so a long one does not end the choice. Ties go to the earlier one.
 *
 * @param pool the demonstrations, or their `indexDemonstrations` where there are several queries
 */
export function selectDemonstrations<Item extends Demonstration>(
  query: string,
  pool: readonly Item[] | DemonstrationIndex<Item>,
  options: SelectionOptions,
): Selection<Item> {
  const index = 'inputs' in pool ? pool : indexDemonstrations(pool);
  const { budgetTokens, countTokens, count = Number.POSITIVE_INFINITY } = options;
  const template = options.template ?? DEFAULT_IN_CONTEXT_TEMPLATE;
  const asked = index.inputs.vector(query);
  const likeness = index.inputs.vectors.map((vector) => cosine(asked, vector));
  const ranking = rank(index, likeness, options);

  const chosen: number[] = [];
  const leftOut: { index: number; reason: 'budget' | 'count' }[] = [];
  let tokens = 0;
  let taken = false;
  for (let step = ranking.next(); !step.done; step = ranking.next(taken)) {
    const at = step.value;
    if (chosen.length >= count) {
      taken = false;
      leftOut.push({ index: at, reason: 'count' });
      continue;
    }
    const text = demonstrationText(index.demonstrations[at] as Item, template);
    const cost = countTokens(text + template.separator) + (options.overheadTokens ?? 0);
    taken = tokens + cost <= budgetTokens;
    if (taken) {
      chosen.push(at);
      tokens += cost;
    } else {
      leftOut.push({ index: at, reason: 'budget' });
    }
  }
  if (options.ranking !== 'random') {
    chosen.sort((a, b) => (likeness[a] as number) - (likeness[b] as number) || b - a);
  }
  return { chosen: chosen.map((at) => index.demonstrations[at] as Item), tokens, leftOut };
}

/** Yields every position of the pool, best first; is told whether the last one was taken. */
function* rank(
  { inputs }: DemonstrationIndex,
  likeness: readonly number[],
  { ranking = 'similarity', relevance = 0.7, seed = 1 }: SelectionOptions,
): Generator<number, void, boolean | undefined> {
  const positions = likeness.map((_, at) => at);
  if (ranking === 'random') {
    yield* seededRandom(seed).shuffle(positions);
    return;
  }
  const byLikeness = positions.sort((a, b) => (likeness[b] as number) - (likeness[a] as number));
  if (ranking === 'similarity') {
    yield* byLikeness;
    return;
  }
  const repetition = new Float64Array(likeness.length);
  const gain = (at: number): number =>
    relevance * (likeness[at] as number) - (1 - relevance) * (repetition[at] as number);
  let waiting = byLikeness;
  while (waiting.length > 0) {
    const seen = new Set<number>();
    let taken: TextVector | undefined;
    for (const at of byGain(waiting, gain)) {
      seen.add(at);
      if ((yield at) !== true) continue;
      taken = inputs.vectors[at] as TextVector;
      break;
    }
    waiting = waiting.filter((at) => !seen.has(at));
    if (taken === undefined) return;
    for (const at of waiting) {
      const vector = inputs.vectors[at] as TextVector;
      repetition[at] = Math.max(repetition[at] as number, cosine(taken, vector));
    }
  }
}

/** Positions by falling gain, ties in their order. Most often the first is all that is asked for: only then they are sorted. */
function* byGain(positions: readonly number[], gain: (at: number) => number): Generator<number> {
  const gains = new Map(positions.map((at) => [at, gain(at)]));
  const of = (at: number): number => gains.get(at) as number;
  const best = positions.reduce((most, at) => (of(at) > of(most) ? at : most));
  yield best;
  yield* positions.filter((at) => at !== best).sort((a, b) => of(b) - of(a));
}
