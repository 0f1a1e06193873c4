/** What a language model says of rows: each put into text, its label words scored. */
import { TabLlmError } from '../errors.ts';
import { type LabelScorerOptions, labelScorer } from '../scoring/label-scorer.ts';

/** @returns log-scores [rows][classes] */
export type LanguageScorer = (rows: readonly (readonly string[])[]) => number[][];

export interface LanguageScorerOptions extends LabelScorerOptions {
  /** Puts a row, cells in the schema's order, into text. */
  readonly write: (cells: readonly string[]) => string;
}

/**
 * @throws TabLlmError 'bad-config' for a model without a tokenizer; 'bad-data' while scoring, for scores
 * that are not finite
 */
export function languageScorer(options: LanguageScorerOptions): LanguageScorer {
  const score = labelScorer(options);
  const scorer: LanguageScorer = (rows) => score(rows.map(options.write));
  return (rows) => askLanguage(scorer, rows, options.words.length);
}

/** The scores of rows. @throws TabLlmError 'bad-data' unless they are finite and [rows][classes] */
export function askLanguage(
  language: LanguageScorer,
  rows: readonly (readonly string[])[],
  classes: number,
): number[][] {
  const scores = language(rows);
  const wrong = rows.findIndex(
    (_, i) => scores[i]?.length !== classes || !scores[i].every(Number.isFinite),
  );
  if (wrong < 0 && scores.length === rows.length) return scores;
  const got = wrong < 0 ? `${scores.length} × ${classes}` : `[${scores[wrong]?.join(', ') ?? ''}]`;
  const row = wrong < 0 ? '' : ` for row ${wrong + 1}`;
  const rowInChinese = wrong < 0 ? '' : `第 ${wrong + 1} 行`;
  throw new TabLlmError('bad-data', {
    en: `The language model must give ${rows.length} × ${classes} finite scores, one for each row and class; got ${got}${row}.`,
    zh: `语言模型应给出 ${rows.length} × ${classes} 个有限的分数（每行每个类别一个），${rowInChinese}实际为 ${got}。`,
  });
}
