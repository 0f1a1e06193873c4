/**
 * Minimises a function of a few numbers without gradients, within a budget of evaluations. The
 * function may be asynchronous: a model's loss, for one.
 */
import { PeftError } from '../errors.ts';
import type { Random } from '../tensors/random.ts';
import { cmaEs } from './cma-es.ts';
import { cobyla } from './cobyla.ts';
import { differentialEvolution } from './differential-evolution.ts';
import { onePlusOne } from './one-plus-one.ts';
import type { Algorithm } from './search.ts';
import { type AlgorithmName, shiwa } from './shiwa.ts';
import { type SearchSpace, standardCoordinates } from './standard-coordinates.ts';

/** An evaluation, in the order asked. */
export interface Trial {
  readonly point: readonly number[];
  readonly value: number;
}

/** The best point that was evaluated. */
export interface Minimum {
  readonly best: readonly number[];
  readonly value: number;
  /** Every evaluation, `budget` in all. */
  readonly trace: readonly Trial[];
  readonly algorithm: AlgorithmName;
}

/** How to search; see `SearchSpace` for the bounds. */
export interface MinimizeOptions extends SearchSpace {
  /** Number of evaluations; exactly so many are made. */
  readonly budget: number;
  /** Default: what `shiwa` chooses for the dimension and the budget. */
  readonly algorithm?: AlgorithmName;
  /** Same generator, same search. COBYLA draws nothing. */
  readonly random: Random;
  readonly onTrial?: (trial: Trial, index: number) => void;
  readonly signal?: AbortSignal;
}

const ALGORITHMS: Readonly<Record<AlgorithmName, Algorithm>> = {
  cobyla,
  'one-plus-one': onePlusOne,
  'cma-es': cmaEs,
  'differential-evolution': differentialEvolution,
};

/** What algorithms are told of a value that is not finite or too large to reckon with. */
const WORST = 1e30;

/**
 * Searches for the point with the smallest value. Never leaves the bounds; a value of NaN counts as
 * the worst.
 * @throws PeftError 'bad-config' with every problem of the options, 'aborted'
 */
export async function minimize(
  objective: (point: readonly number[]) => number | Promise<number>,
  options: MinimizeOptions,
): Promise<Minimum> {
  const { dimension, budget, random, signal, onTrial } = options;
  if (!Number.isInteger(budget) || budget < 1) {
    throw new PeftError('bad-config', {
      en: `the budget is 1 evaluation or more, got ${budget}`,
      zh: `预算至少为 1 次评估，实际为 ${budget}`,
    });
  }
  const toPoint = standardCoordinates(options);
  const algorithm = options.algorithm ?? shiwa({ dimension, budget });
  const search = ALGORITHMS[algorithm](dimension, random);
  const trace: Trial[] = [];
  let best: Trial | undefined;
  let asked = search.next().value;
  for (;;) {
    if (signal?.aborted)
      throw new PeftError('aborted', { en: 'the search was stopped', zh: '已停止搜索' });
    const point = toPoint(asked);
    const trial = { point, value: await objective(point) };
    trace.push(trial);
    onTrial?.(trial, trace.length - 1);
    if (best === undefined || moderate(trial.value) < moderate(best.value)) best = trial;
    if (trace.length === budget) return { best: best.point, value: best.value, trace, algorithm };
    asked = search.next(moderate(trial.value)).value;
  }
}

function moderate(value: number): number {
  return Number.isNaN(value) ? WORST : Math.max(-WORST, Math.min(WORST, value));
}
