/** What may be wrong with an input beside what its schema says: codes and values, with words for each. */
import { sentenceFor } from '@quaestor/finsql/wording';
import type { Translated } from '@quaestor/peft';
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
  | { readonly code: 'unknown-group'; readonly name: string }
  | { readonly code: 'target-as-group' }
  | { readonly code: 'class-with-comma'; readonly name: string }
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
  /** `example`: a number as the column writes it. */
  | {
      readonly code: 'no-number';
      readonly row: number;
      readonly label: string;
      readonly example: string;
    }
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
  return badRequest(
    problems.map((problem) => ({
      en: sentenceFor(english, problem),
      zh: sentenceFor(chinese, problem),
    })),
  );
}

export function badRequest(problems: readonly Translated[]): ServerError {
  return new ServerError('bad-request', inOneSentence(problems.slice(0, SPELLED_OUT)), {
    problems,
  });
}

/** Problems of a request, as one message. */
export function inOneSentence(problems: readonly Translated[]): Translated {
  return {
    en: `${problems.map(({ en }) => en).join('; ')}.`,
    zh: `请求有误：${problems.map(({ zh }) => zh).join('；')}。`,
  };
}
