/** What a language model says of rows: each put into text, its label words scored. */
import { type LabelScorerOptions, labelScorer } from '../scoring/label-scorer.ts';

/** @returns log-scores [rows][classes] */
export type LanguageScorer = (rows: readonly (readonly string[])[]) => number[][];

export interface LanguageScorerOptions extends LabelScorerOptions {
  /** Puts a row, cells in the schema's order, into text. */
  readonly write: (cells: readonly string[]) => string;
}

/** @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function languageScorer(options: LanguageScorerOptions): LanguageScorer {
  const score = labelScorer(options);
  return (rows) => score(rows.map(options.write));
}
