/**
 * The log-probabilities of all tokens of all labels of some examples, with gradients: prompts and what
 * labels need beside them packed into one pass, one run a row where first tokens differ.
 */
import {
  hiddenRows,
  type LanguageModel,
  packSequences,
  type Tensor,
  type TrunkCache,
  tokenLogProbabilities,
} from '@quaestor/peft';
import { type ChoiceExample, promptOf } from './choice-example.ts';

/** @returns [T], by example, label and token */
export function readChoices(
  model: LanguageModel,
  examples: readonly ChoiceExample[],
  trunk: TrunkCache,
): Tensor {
  const sequences: (readonly number[])[] = [];
  /** Rows of the pass that are read, and among them (row, token) of each label's tokens. */
  const wanted: number[] = [];
  const at: (readonly [number, number])[] = [];
  let end = 0;
  for (const example of examples) {
    const prompt = promptOf(example);
    const { stems, labels } = example.plan;
    const firsts = stems.map((stem) => {
      sequences.push([...prompt, ...stem]);
      end += prompt.length + stem.length;
      const first = wanted.length;
      for (let back = stem.length; back >= 0; back--) wanted.push(end - 1 - back);
      return first;
    });
    for (const { stem, tokens } of labels) {
      for (const [j, token] of tokens.entries()) at.push([(firsts[stem] as number) + j, token]);
    }
  }
  const packed = packSequences(sequences);
  const hidden = hiddenRows(model, packed, wanted, trunk.partWay(sequences));
  return tokenLogProbabilities(model, hidden, at);
}
