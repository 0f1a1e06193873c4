/**
 * The skeleton before the statement (RESDSQL, Li et al. 2023, arXiv 2302.05965 §3.4): an adapter that was
 * trained so settles how a statement is built before it fills in names and values:
 *
 *     select _ from _ where _ > _ | select fund_name from fund where management_fee > 1
 *
 * Training makes such completions with `withSkeleton`; `readSql` passes over what stands before the
 * statement; `skeletonFirst` makes room for it, under a grammar too.
 */
import type { TextAutomaton } from '@quaestor/peft';
import { skeleton } from '../sql/skeleton.ts';
import type { Generator } from './generator.ts';

/**
 * A skeleton, in which no text or name is left to quote, and the bar. Only a statement can begin after
 * it: `a | select` is no SQL.
 */
const SKELETON = /^[^'"`[]*? \| +(?=(?:select|with|values)\b)/i;

/** A skeleton has about half as many tokens as its statement. */
const LONGER = 1.5;
const DEFAULT_TOKENS = 160;

/** `skeleton | statement`. @param sql in normal form */
export function withSkeleton(sql: string): string {
  return `${skeleton(sql)} | ${sql}`;
}

/** What stands behind a skeleton; a text without one as it is. */
export function afterSkeleton(text: string): string {
  return text.replace(SKELETON, '');
}

/** Of an adapter's card: what it says of skeletons. */
type Card = { readonly recipe?: Readonly<Record<string, unknown>> | undefined } | null | undefined;

/** The generator under an adapter of that card: one that learnt to write skeletons first gets room for them. */
export function asTrained(generator: Generator, card: Card): Generator {
  return writesSkeletons(card) ? skeletonFirst(generator) : generator;
}

/** What the recipe of a mixture says of skeletons: it may write them where one of its parts does. */
export function skeletonsOfParts(cards: readonly Card[]): { readonly skeletonFirst?: true } {
  return cards.some(writesSkeletons) ? { skeletonFirst: true } : {};
}

function writesSkeletons(card: Card): boolean {
  return card?.recipe?.skeletonFirst === true;
}

/** The generator of an adapter that writes skeletons first. */
export function skeletonFirst(generator: Generator): Generator {
  return {
    name: generator.name,
    countTokens: (text) => generator.countTokens(text),
    generate: (prompts, { constraints, maxTokens = DEFAULT_TOKENS, ...request } = {}) =>
      generator.generate(prompts, {
        ...request,
        maxTokens: Math.ceil(maxTokens * LONGER),
        constraints: constraints?.map((statement) => statement && skeletonThen(statement)),
      }),
  };
}

interface State {
  /** Of the statement; undefined: still in the skeleton. */
  readonly statement?: unknown;
  /** What a skeleton has ended with: a blank, or a blank and the bar. */
  readonly end: '' | ' ' | ' |';
  readonly empty: boolean;
}

const [BLANK, BAR, LAST] = [0x20, 0x7c, 0x7e];

/**
 * A skeleton of any printable signs, the bar, then what the other automaton takes. The first bar
 * between blanks ends the skeleton, so there is none of a statement that joins bits with one.
 */
export function skeletonThen(statement: TextAutomaton): TextAutomaton<State> {
  return {
    start: () => ({ end: '', empty: true }),
    step(state, byte) {
      if (state.statement !== undefined) {
        const next = statement.step(state.statement, byte);
        return next === null ? null : { ...state, statement: next };
      }
      if (byte < BLANK || byte > LAST) return null;
      const { end, empty } = state;
      if (byte === BLANK && end === ' |') {
        const next = empty ? null : statement.step(statement.start(), byte);
        return next === null ? null : { end: '', empty, statement: next };
      }
      if (byte === BLANK) return { end: ' ', empty };
      return { end: byte === BAR && end === ' ' ? ' |' : '', empty: empty && byte === BAR };
    },
    complete: (state) => state.statement !== undefined && statement.complete(state.statement),
    forced: (state) => (state.statement === undefined ? '' : statement.forced(state.statement)),
  };
}
