/**
 * log p(label | prompt) = Σⱼ log p(tokenⱼ | prompt, token₁ … tokenⱼ₋₁), for each prompt and label.
 * Prompts are packed one after the other without padding; the last block, the head and the softmax
 * see only the positions that are read.
 */

import { engine, hiddenRows, type LanguageModel, logits, packSequences } from '@quaestor/peft';
import { type LabelPlan, planLabels } from './label-plan.ts';

export interface LabelScoreOptions {
  /** Default: 'first' where the labels' first tokens differ. */
  readonly tokens?: 'first' | 'all';
  /** Tokens of a pass at most, unless one prompt has more; default 2048. */
  readonly tokensPerPass?: number;
}

interface Run {
  readonly ids: readonly number[];
  readonly prompt: number;
  readonly stem: number;
}

/** @returns [prompts][labels], natural logarithms */
export function labelLogLikelihoods(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  labels: readonly (readonly number[])[],
  { tokens, tokensPerPass = 2048 }: LabelScoreOptions = {},
): number[][] {
  const plan = planLabels(labels, tokens);
  const scores = prompts.map(() => new Array<number>(labels.length).fill(0));
  const runs = prompts.flatMap((ids, prompt) =>
    plan.stems.map((stem, i): Run => ({ ids: [...ids, ...stem], prompt, stem: i })),
  );
  for (let start = 0; start < runs.length; ) {
    let [end, total] = [start, 0];
    while (end < runs.length) {
      total += (runs[end] as Run).ids.length;
      if (end > start && total > tokensPerPass) break;
      end++;
    }
    scorePass(model, runs.slice(start, end), plan, scores);
    start = end;
  }
  return scores;
}

function scorePass(
  model: LanguageModel,
  runs: readonly Run[],
  plan: LabelPlan,
  scores: number[][],
): void {
  const rows: number[] = [];
  const reads: {
    readonly prompt: number;
    readonly label: number;
    readonly at: [number, number];
  }[] = [];
  let end = 0;
  for (const { ids, prompt, stem } of runs) {
    end += ids.length;
    const first = rows.length;
    const length = (plan.stems[stem] as readonly number[]).length;
    for (let back = length; back >= 0; back--) rows.push(end - 1 - back);
    for (const [label, planned] of plan.labels.entries()) {
      if (planned.stem !== stem) continue;
      for (const [j, token] of planned.tokens.entries()) {
        reads.push({ prompt, label, at: [first + j, token] });
      }
    }
  }
  const values = readLogProbabilities(
    model,
    runs.map(({ ids }) => ids),
    rows,
    reads.map(({ at }) => at),
  );
  for (const [i, { prompt, label }] of reads.entries()) {
    const row = scores[prompt] as number[];
    row[label] = (row[label] as number) + (values[i] as number);
  }
}

/** log p of (row, token) pairs, rows counted among those wanted. */
function readLogProbabilities(
  model: LanguageModel,
  sequences: readonly (readonly number[])[],
  wanted: readonly number[],
  at: readonly [number, number][],
): ArrayLike<number> {
  const { tf } = engine();
  return tf.tidy(() => {
    const hidden = hiddenRows(model, packSequences(sequences), wanted);
    const all = tf.logSoftmax(logits(model, hidden) as never);
    return tf.gatherND(all, tf.tensor2d([...at], undefined, 'int32')).dataSync();
  });
}
