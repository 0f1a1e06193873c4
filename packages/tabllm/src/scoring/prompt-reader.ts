/**
 * Hidden rows of a model after prompts, and after continuations of them. A beginning that all prompts
 * share is read once. Where continuations follow, it and the prompts go into a cache that what comes after
 * looks back into; else prompts are packed behind its keys and values.
 */

import {
  afterBeginning,
  Decoder,
  hiddenRows,
  type LanguageModel,
  packSequences,
  type Tensor,
} from '@quaestor/peft';

import { TabLlmError } from '../errors.ts';

export interface PromptReader {
  /** @returns [prompts, D], a row for the end of each; read until the next call by `along` */
  after(prompts: readonly (readonly number[])[]): Tensor;
  /** @returns [prompts·stem, D], a row for each token that follows each of the prompts read last */
  along(stem: readonly number[]): Tensor;
  dispose(): void;
}

export interface PromptReaderOptions {
  /** Tokens that all prompts begin with and that are read once; 0: none. */
  readonly shared: readonly number[];
  /** Prompts of a pass at most. */
  readonly prompts: number;
  /** Tokens of the longest prompt. */
  readonly longest: number;
  /** Tokens of the longest continuation. */
  readonly stem: number;
}

/**
 * The caller disposes it.
 * @throws TabLlmError 'mismatch' for a prompt that is longer than the model's context
 */
export function openPromptReader(
  model: LanguageModel,
  { shared, prompts: width, longest, stem: longestStem }: PromptReaderOptions,
): PromptReader {
  const reach = (model.rotary.cos.shape[0] as number) - (model.virtualRows?.length ?? 0);
  if (longest + longestStem > reach) {
    const needed = longest + longestStem;
    throw new TabLlmError('mismatch', {
      en: `A row needs ${needed} tokens; ${model.name} reads ${reach} at most. Leave columns out, or say them shorter in a template.`,
      zh: `一行需要 ${needed} 个词元，${model.name} 最多读取 ${reach} 个。请去掉一些列，或用模板写得更短。`,
    });
  }
  if (longestStem === 0) {
    if (shared.length === 0) return packedReader(model);
    if (model.virtualRows === null)
      return packedReader(afterBeginning(model, shared), shared.length);
  }
  const decoder = new Decoder(model, width + 1, longest + longestStem);
  const before = shared.length;
  if (before > 0) decoder.read([{ ids: shared, slot: 0 }]).dispose();
  let ends: readonly number[] = [];

  /** Tokens of the i-th prompt from a position on; it sees the shared beginning. */
  const feedRows = (i: number, ids: readonly number[], start: number) =>
    ids.map((id, offset) => ({
      id,
      position: start + offset,
      slot: i + 1,
      parent: before > 0 ? 0 : i + 1,
      parentLength: before,
    }));

  return {
    after(prompts) {
      ends = prompts.map(({ length }) => length);
      if (before === 0) return decoder.read(prompts.map((ids, i) => ({ ids, slot: i + 1 })));
      let end = 0;
      const last = prompts.map(({ length }) => {
        end += length - before;
        return end - 1;
      });
      return decoder.feed(
        prompts.flatMap((ids, i) => feedRows(i, ids.slice(before), before)),
        last,
      );
    },
    along: (stem) => decoder.feed(ends.flatMap((end, i) => feedRows(i, stem, end))),
    dispose: () => decoder.dispose(),
  };
}

/** Without continuations prompts go through packed. @param read tokens of each that the model has read */
function packedReader(model: LanguageModel, read = 0): PromptReader {
  return {
    after(prompts) {
      let end = 0;
      const last = prompts.map(({ length }) => {
        end += length - read;
        return end - 1;
      });
      return hiddenRows(model, packSequences(prompts.map((ids) => ids.slice(read))), last);
    },
    along: () => {
      throw new RangeError('a reader that was opened without continuations has none');
    },
    dispose: () => {
      if (read > 0) model.dispose();
    },
  };
}

/** Tokens that all prompts begin with; each keeps at least one of its own. */
export function sharedBeginning(prompts: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = prompts;
  if (prompts.length < 2) return [];
  let length = Math.min(...prompts.map((ids) => ids.length - 1));
  for (const ids of prompts) {
    let same = 0;
    while (same < length && ids[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, Math.max(0, length));
}
