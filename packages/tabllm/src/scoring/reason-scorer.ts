/**
 * What a language model gives as the reason for a label:
 *   log p(value | `{question} Answer: {word}, because the {name} is`)
 * The label explains the row instead of the row the label, a noisy channel (Min et al. 2022, arXiv
 * 2108.04106), here a column at a time: a small model that cannot weigh a row of twelve cells against
 * each other still knows which way one of them points. A table takes as many readings as it has columns,
 * however many rows there are.
 */
import type { LanguageModel } from '@quaestor/peft';
import { labelLogLikelihoods } from './label-log-likelihoods.ts';
import { tokenizerOf } from './label-scorer.ts';

export interface ReasonScorerOptions {
  readonly model: LanguageModel;
  readonly question: string;
  /** Word of each class. */
  readonly words: readonly string[];
}

/**
 * @param name of a column, in words
 * @param values what its cells say; equal ones may come twice
 * @returns log-likelihoods [values][classes]
 */
export type ReasonScorer = (name: string, values: readonly string[]) => number[][];

/** Of a long value so many characters are read: it has to be said once for each class. */
const LONGEST = 80;

/** @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function reasonScorer({ model, question, words }: ReasonScorerOptions): ReasonScorer {
  const tokenizer = tokenizerOf(model);
  return (name, values) => {
    const encode = (text: string) => tokenizer.encode(text, { special: false });
    const prompts = words.map((word) => encode(reasonPrompt({ question, word, name })));
    const said = values.map((value) => encode(valueAsReason(value)));
    const distinct = [...new Map(said.map((ids) => [ids.join(), ids]))];
    const places = new Map(distinct.map(([key], i) => [key, i]));
    const scores = labelLogLikelihoods(
      model,
      prompts,
      distinct.map(([, ids]) => ids),
      { tokens: 'all' },
    );
    return said.map((ids) =>
      scores.map((ofWord) => ofWord[places.get(ids.join()) as number] as number),
    );
  };
}

/** What stands before a value. */
export function reasonPrompt(parts: {
  readonly question: string;
  readonly word: string;
  readonly name: string;
}): string {
  const { question, word, name } = parts;
  return `${question} Answer: ${word}, because the ${name} is`;
}

/** A value as it follows. */
export function valueAsReason(value: string): string {
  const short = [...value.replace(/\s+/gu, ' ').trim()].slice(0, LONGEST).join('');
  return ` ${short}.`;
}
