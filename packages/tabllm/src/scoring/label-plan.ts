/**
 * What must be run to score labels after a prompt. The k-th token of a label is read from the
 * position before it, so a label needs its prompt and all its tokens but the last to be run. Labels of
 * which one's tokens begin another's share a run; labels of one token each need the prompt alone.
 */
import { TabLlmError } from '../errors.ts';

export interface LabelPlan {
  /** Token ids to run after the prompt, each a run of its own; a single empty one for one-token labels. */
  readonly stems: readonly (readonly number[])[];
  /** For each label: the stem it is read from, and its tokens that count. */
  readonly labels: readonly { readonly stem: number; readonly tokens: readonly number[] }[];
}

/**
 * @param tokens 'first': only the first token of a label counts; 'all': every one. Default: 'first'
 *   where the first tokens differ, which makes one run a row
 * @throws TabLlmError 'bad-config' for labels without tokens or that cannot be told apart
 */
export function planLabels(
  labels: readonly (readonly number[])[],
  tokens: 'first' | 'all' = firstTokensDiffer(labels) ? 'first' : 'all',
): LabelPlan {
  const counted = labels.map((ids) => (tokens === 'first' ? ids.slice(0, 1) : [...ids]));
  const keys = counted.map((ids) => ids.join());
  if (counted.some(({ length }) => length === 0) || new Set(keys).size < keys.length) {
    throw new TabLlmError('bad-config', {
      en: 'Every label word needs tokens of its own, and no two the same; choose other words.',
      zh: '每个标签词都要有自己的词元，且互不相同，请换用其他词。',
    });
  }
  const needed = counted.map((ids) => ids.slice(0, -1));
  const stems = needed
    .filter(
      (stem, i) =>
        needed.findIndex((other) => startsWith(other, stem) && startsWith(stem, other)) === i,
    )
    .filter(
      (stem) => !needed.some((other) => other.length > stem.length && startsWith(other, stem)),
    );
  return {
    stems,
    labels: counted.map((ids, i) => ({
      stem: stems.findIndex((stem) => startsWith(stem, needed[i] as number[])),
      tokens: ids,
    })),
  };
}

export function firstTokensDiffer(labels: readonly (readonly number[])[]): boolean {
  return new Set(labels.map(([first]) => first)).size === labels.length;
}

function startsWith(ids: readonly number[], beginning: readonly number[]): boolean {
  return beginning.every((id, i) => ids[i] === id);
}
