/** A language model as a method of the comparison: untouched, or tuned on the labelled rows of each task. */
import type { LanguageScorer } from '../classify/language-scorer.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import type { FewShotTask, TableMethod } from './table-method.ts';

export interface LanguageMethodOptions {
  readonly name: string;
  /** Whether it is tuned; else it is measured at k = 0, and only there. */
  readonly learns: boolean;
  /** Brings the model into memory; called before each task, and not measured. */
  readonly open?: () => Promise<unknown>;
  /** Asks the model of a task's rows, once it is tuned on the labelled ones where it learns. */
  readonly scorer: (task: FewShotTask, signal?: AbortSignal) => Promise<TaskScorer>;
}

/** What scores the rows of one task; `tunedScorer` gives one. */
export interface TaskScorer {
  readonly score: LanguageScorer;
  /** Gives back what the task alone needed. */
  readonly close?: () => void;
}

/** Rows scored between two looks at the signal: some ten seconds on two cores. */
const PART = 64;

export function languageMethod({ name, learns, open, scorer }: LanguageMethodOptions): TableMethod {
  return {
    name,
    zeroShot: !learns,
    learns,
    ...(open && { open }),
    run: async (task, signal) => {
      const began = performance.now();
      const { score, close } = await scorer(task, signal);
      try {
        const ready = performance.now();
        const probabilities = labelProbabilities(await scoreInParts(score, task.test, signal));
        const scoring = (performance.now() - ready) / 1000;
        return { probabilities, ...(learns && { tuning: (ready - began) / 1000 }), scoring };
      } finally {
        close?.();
      }
    },
  };
}

async function scoreInParts(
  score: LanguageScorer,
  rows: FewShotTask['test'],
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const scores: number[][] = [];
  for (let first = 0; first < rows.length; first += PART) {
    scores.push(...score(rows.slice(first, first + PART)));
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  return scores;
}
