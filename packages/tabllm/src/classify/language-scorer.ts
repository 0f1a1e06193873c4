/** What a language model says of rows: each put into text, its label words scored. */
import type { LanguageModel, Tokenizer } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { labelLogLikelihoods } from '../scoring/label-log-likelihoods.ts';
import { labelPrompt, type PromptStyle } from '../scoring/label-prompt.ts';

/** @returns log-scores [rows][classes] */
export type LanguageScorer = (rows: readonly (readonly string[])[]) => number[][];

export interface LanguageScorerOptions {
  readonly model: LanguageModel;
  /** Puts a row, cells in the schema's order, into text. */
  readonly write: (cells: readonly string[]) => string;
  readonly question: string;
  /** Word of each class. */
  readonly words: readonly string[];
  /** Default 'paper'. */
  readonly style?: PromptStyle;
}

/** @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function languageScorer(options: LanguageScorerOptions): LanguageScorer {
  const { model, write, question, words, style = 'paper' } = options;
  const prompt = labelPrompt({ question, words, style, tokenizer: tokenizerOf(model) });
  return (rows) =>
    labelLogLikelihoods(
      model,
      rows.map((cells) => prompt.encode(write(cells))),
      prompt.labels,
    );
}

function tokenizerOf({ name, tokenizer }: LanguageModel): Tokenizer {
  if (tokenizer) return tokenizer;
  throw new TabLlmError('bad-config', `${name} has no tokenizer; it cannot read text.`);
}
