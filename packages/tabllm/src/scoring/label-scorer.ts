/**
 * Rows in words → log-scores of the label words, normalised and with the model's leaning taken away
 * as asked. The leaning is found once, at the first rows.
 */
import type { LanguageModel, Tokenizer } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { meanBias, removeBias } from './label-bias.ts';
import { type LabelScoreOptions, labelLogLikelihoods } from './label-log-likelihoods.ts';
import { planLabels } from './label-plan.ts';
import { type LabelPrompt, labelPrompt, type PromptStyle } from './label-prompt.ts';
import { normaliseByLength } from './normalise.ts';

export const NORMALISATIONS = ['none', 'tokens', 'bytes'] as const;
export const CALIBRATIONS = ['none', 'contextual', 'pmi-dc', 'batch'] as const;

export interface LabelScorerOptions extends Omit<LabelScoreOptions, 'among'> {
  readonly model: LanguageModel;
  readonly question: string;
  /** Word of each class. */
  readonly words: readonly string[];
  /** Default 'paper'. */
  readonly style?: PromptStyle;
  /** Divide a label's log-probability by its length. Default 'none'. */
  readonly normalise?: (typeof NORMALISATIONS)[number];
  /** Default 'none'. */
  readonly calibration?: (typeof CALIBRATIONS)[number];
  /** For 'contextual': rows in words whose values say nothing. */
  readonly contentFree?: readonly string[];
  /** For 'batch': rows in words; default: those that are scored first. */
  readonly batch?: readonly string[];
}

/** @returns log-scores [notes][labels] */
export type LabelScorer = (notes: readonly string[]) => number[][];

/** @throws TabLlmError 'bad-config' for a model without a tokenizer or a calibration without its rows */
export function labelScorer(options: LabelScorerOptions): LabelScorer {
  const { normalise = 'none', calibration = 'none', contentFree = [], batch = [] } = options;
  const { model, words, tokens, tokensPerPass } = options;
  if (calibration === 'contextual' && contentFree.length === 0) {
    throw new TabLlmError('bad-config', {
      en: 'Contextual calibration needs rows without content.',
      zh: '上下文校准需要没有内容的行。',
    });
  }
  const prompt = scorerPrompt(options);
  const plan = planLabels(prompt.labels, tokens);
  const lengths = {
    none: null,
    tokens: plan.labels.map((label) => label.tokens.length),
    bytes: words.map((word) => new TextEncoder().encode(word).length),
  }[normalise];
  // What a row's labels have in common falls out again, unless they are divided by their lengths.
  const among = lengths === null ? 'labels' : 'words';
  const passes = {
    among,
    ...(tokens && { tokens }),
    ...(tokensPerPass !== undefined && { tokensPerPass }),
  } as const;
  const raw = (prompts: readonly (readonly number[])[]): number[][] => {
    const scores = labelLogLikelihoods(model, prompts, prompt.labels, passes);
    return lengths === null ? scores : normaliseByLength(scores, lengths);
  };
  const score: LabelScorer = (notes) => raw(notes.map(prompt.encode));
  const leanings: Record<typeof calibration, (notes: readonly string[]) => readonly number[]> = {
    none: () => words.map(() => 0),
    contextual: () => meanBias(score(contentFree)),
    'pmi-dc': () => raw([prompt.encode('')])[0] as number[],
    batch: (notes) => meanBias(score(batch.length > 0 ? batch : notes)),
  };
  let leaning: readonly number[] | undefined;
  return (notes) => {
    if (notes.length === 0) return [];
    leaning ??= leanings[calibration](notes);
    return removeBias(score(notes), leaning);
  };
}

/** The prompt of such a scorer. @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function scorerPrompt({
  model,
  question,
  words,
  style = 'paper',
}: Pick<LabelScorerOptions, 'model' | 'question' | 'words' | 'style'>): LabelPrompt {
  return labelPrompt({ question, words, style, tokenizer: tokenizerOf(model) });
}

/** @throws TabLlmError 'bad-config' for a model without one */
export function tokenizerOf({ name, tokenizer }: LanguageModel): Tokenizer {
  if (tokenizer) return tokenizer;
  throw new TabLlmError('bad-config', {
    en: `${name} has no tokenizer; it cannot read text.`,
    zh: `${name} 没有分词器，无法读取文本。`,
  });
}
