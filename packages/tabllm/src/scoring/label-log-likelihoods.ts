/**
 * log p(label | prompt) = Σⱼ log p(tokenⱼ | prompt, token₁ … tokenⱼ₋₁), for each prompt and label.
 * Prompts are packed one after the other without padding; equal prompts and what all begin with are
 * read once; the last block, the head and the softmax see only the positions that are read.
 */
import {
  engine,
  type LanguageModel,
  type Tensor,
  tokenLogProbabilities,
  withByteProducts,
} from '@quaestor/peft';
import { type LabelPlan, planLabels } from './label-plan.ts';
import { openPromptReader, type PromptReader, sharedBeginning } from './prompt-reader.ts';

export interface LabelScoreOptions {
  /** Default: 'first' where the labels' first tokens differ. */
  readonly tokens?: 'first' | 'all';
  /** Tokens of a pass at most, unless one prompt has more; default 2048. */
  readonly tokensPerPass?: number;
  /**
   * What probabilities sum to one over: all words, or the labels alone, which spares the vocabulary
   * where one token of each label counts. Default 'words'.
   */
  readonly among?: 'words' | 'labels';
}

/** Shorter beginnings are not worth it. */
const FEWEST_SHARED = 8;
/** A token that looks back into a cache costs about twice one that is packed with others. */
const LOOKING_BACK = 0.5;

/** @returns [prompts][labels], natural logarithms */
export function labelLogLikelihoods(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  labels: readonly (readonly number[])[],
  options: LabelScoreOptions = {},
): number[][] {
  return withByteProducts(model.answersInBytes, () => readAll(model, prompts, labels, options));
}

function readAll(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  labels: readonly (readonly number[])[],
  { tokens, tokensPerPass = 2048, among = 'words' }: LabelScoreOptions,
): number[][] {
  const plan = planLabels(labels, tokens);
  const distinct = new Map(prompts.map((ids) => [ids.join(), ids]));
  const shared = worthSharing([...distinct.values()], model, plan);
  const passes = passesOf([...distinct], tokensPerPass, shared.length);
  const reader = openPromptReader(model, {
    shared,
    prompts: Math.max(0, ...passes.map(({ length }) => length)),
    longest: Math.max(0, ...prompts.map(({ length }) => length)),
    stem: Math.max(...plan.stems.map(({ length }) => length)),
  });
  try {
    const scores = new Map<string, readonly number[]>();
    for (const pass of passes) {
      const rows = scorePass(
        model,
        reader,
        pass.map(([, ids]) => ids),
        plan,
        among,
      );
      for (const [i, [key]] of pass.entries()) scores.set(key, rows[i] as number[]);
    }
    return prompts.map((ids) => [...(scores.get(ids.join()) as number[])]);
  } finally {
    reader.dispose();
  }
}

/** What all prompts begin with, where reading it once spares more than it costs. */
function worthSharing(
  prompts: readonly (readonly number[])[],
  { virtualRows }: LanguageModel,
  { stems }: LabelPlan,
): readonly number[] {
  const beginning = sharedBeginning(prompts);
  const spared = beginning.length * (prompts.length - 1);
  const tokens = prompts.reduce((sum, { length }) => sum + length, 0);
  const looksBack = virtualRows !== null || stems.some(({ length }) => length > 0);
  if (looksBack && spared < LOOKING_BACK * tokens) return [];
  return beginning.length < FEWEST_SHARED ? [] : beginning;
}

/** Prompts in passes of at most so many tokens beside those that are shared. */
function passesOf(
  prompts: readonly (readonly [string, readonly number[]])[],
  tokens: number,
  shared: number,
): (readonly [string, readonly number[]])[][] {
  const passes: (readonly [string, readonly number[]])[][] = [];
  let room = 0;
  for (const prompt of prompts) {
    const size = prompt[1].length - shared;
    const current = passes.at(-1);
    if (current && size <= room) current.push(prompt);
    else passes.push([prompt]);
    room = (current && size <= room ? room : tokens) - size;
  }
  return passes;
}

/** @returns [prompts][labels] */
function scorePass(
  model: LanguageModel,
  reader: PromptReader,
  prompts: readonly (readonly number[])[],
  plan: LabelPlan,
  among: 'words' | 'labels',
): number[][] {
  const scores = prompts.map(() => new Array<number>(plan.labels.length).fill(0));
  const single = plan.labels.every(({ tokens }) => tokens.length === 1);
  const add = (hidden: () => Tensor, reads: readonly Read[]): void => {
    for (const [i, value] of readTokens(model, hidden, reads, single && among === 'labels')) {
      const { prompt, label } = reads[i] as Read;
      const row = scores[prompt] as number[];
      row[label] = (row[label] as number) + value;
    }
  };
  add(
    () => reader.after(prompts),
    prompts.flatMap((_, prompt) =>
      plan.labels.map(({ tokens }, label) => ({
        prompt,
        label,
        row: prompt,
        token: tokens[0] as number,
      })),
    ),
  );
  for (const [s, stem] of plan.stems.entries()) {
    if (stem.length === 0) continue;
    const reads = prompts.flatMap((_, prompt) =>
      plan.labels.flatMap((planned, label) =>
        planned.stem !== s
          ? []
          : planned.tokens.slice(1).map((token, j) => ({
              prompt,
              label,
              row: prompt * stem.length + j,
              token,
            })),
      ),
    );
    if (reads.length > 0) add(() => reader.along(stem), reads);
  }
  return single && among === 'labels' ? scores.map(amongThemselves) : scores;
}

interface Read {
  readonly prompt: number;
  readonly label: number;
  /** Of the hidden rows. */
  readonly row: number;
  readonly token: number;
}

function readTokens(
  model: LanguageModel,
  hidden: () => Tensor,
  reads: readonly Read[],
  unnormalised: boolean,
): IterableIterator<[number, number]> {
  const { tf } = engine();
  const at = reads.map(({ row, token }) => [row, token] as const);
  const values = tf.tidy(() =>
    tokenLogProbabilities(model, hidden(), at, { unnormalised }).dataSync(),
  );
  return [...values].entries();
}

/** Logits → log of the probabilities among these labels. */
function amongThemselves(row: readonly number[]): number[] {
  const most = Math.max(...row);
  const total = most + Math.log(row.reduce((sum, x) => sum + Math.exp(x - most), 0));
  return row.map((x) => x - total);
}
