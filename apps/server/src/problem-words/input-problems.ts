/** What may be wrong with an input beside what its schema says: codes and values, with words for each. */
import { sentenceFor } from '@quaestor/finsql/wording';
import { ServerError } from '../errors.ts';
import { chinese } from './input-chinese.ts';
import { english } from './input-english.ts';

export type InputProblem =
  // Classifications
  | { readonly code: 'upload-or-labelling' }
  | { readonly code: 'no-target' }
  | { readonly code: 'not-with'; readonly field: string; readonly other: string }
  | { readonly code: 'classifier-with-labelling' }
  | {
      readonly code: 'no-column';
      readonly field: string;
      readonly name: string;
      readonly columns: readonly string[];
    }
  // Settings of a labelling
  | { readonly code: 'unknown-feature'; readonly name: string }
  | { readonly code: 'target-as-feature' }
  | { readonly code: 'no-features' }
  /** `only`: the one label that there is. */
  | { readonly code: 'too-few-classes'; readonly target: string; readonly only: string | null }
  | {
      readonly code: 'too-many-classes';
      readonly target: string;
      readonly classes: number;
      readonly most: number;
    }
  | { readonly code: 'threshold-without-two-classes' }
  // Labels
  | { readonly code: 'no-row'; readonly row: number; readonly rows: number }
  | { readonly code: 'no-number'; readonly row: number; readonly label: string }
  | {
      readonly code: 'no-class';
      readonly row: number;
      readonly label: string;
      readonly classes: readonly string[];
    }
  // Jobs and text
  | { readonly code: 'no-such-kind'; readonly kind: string; readonly kinds: readonly string[] };

/** Problems that the message spells out. */
const SPELLED_OUT = 10;

/** The error `bad-request` that names these problems, in English and in Chinese. */
export function badInput(problems: readonly InputProblem[]): ServerError {
  const en = problems.map((problem) => sentenceFor(english, problem));
  const zh = problems.map((problem) => sentenceFor(chinese, problem));
  return badRequest(en, zh);
}

/** @param zh the same problems in Chinese */
export function badRequest(en: readonly string[], zh: readonly string[]): ServerError {
  return new ServerError('bad-request', `${en.slice(0, SPELLED_OUT).join('; ')}.`, {
    problems: en,
    chinese: `请求有误：${zh.slice(0, SPELLED_OUT).join('；')}。`,
    chineseProblems: zh,
  });
}
