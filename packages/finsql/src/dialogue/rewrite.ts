/**
 * A thread of questions: a follow-up such as `and for 2023?` is rewritten to a question that stands
 * alone, from the question before it and its statement. By rule, so that the same thread always gives
 * the same question; where no rule fits, it is taken as it stands.
 */
import { readFollowUp } from './follow-up.ts';
import type { Vocabulary } from './mentions.ts';
import { refersBack } from './refers-back.ts';
import type { FollowUpRule } from './rule.ts';
import { addCondition } from './rules/add-condition.ts';
import { addDetail } from './rules/add-detail.ts';
import { changeLimit } from './rules/change-limit.ts';
import { changeOrder } from './rules/change-order.ts';
import { comparePeriods } from './rules/compare-periods.ts';
import { countOrList } from './rules/count-or-list.ts';
import { groupBy } from './rules/group-by.ts';
import { replaceParts } from './rules/replace-parts.ts';
import { resolvePronoun } from './rules/resolve-pronoun.ts';
import { turnExtreme } from './rules/turn-extreme.ts';
import { readSentence } from './sentence.ts';

/** A question of a thread and the statement that answered it; empty where none did. */
export interface Turn {
  readonly question: string;
  readonly sql: string;
}

/** Turns of a thread that are looked at; older ones are left out. */
export const MOST_TURNS = 8;

/** The first that fits is taken. */
export const FOLLOW_UP_RULES: readonly FollowUpRule[] = [
  countOrList,
  changeLimit,
  changeOrder,
  turnExtreme,
  comparePeriods,
  replaceParts,
  groupBy,
  addDetail,
  addCondition,
  resolvePronoun,
];

export interface Rewritten {
  readonly question: string;
  /** Name of the rule; null where the question was taken as it stands. */
  readonly rule: string | null;
}

/**
 * The question that stands alone.
 * @param thread turns so far, oldest first; follow-ups among them are rewritten, too
 */
export function rewriteFollowUp(
  question: string,
  thread: readonly Turn[],
  vocabulary: Vocabulary,
): Rewritten {
  let earlier: Turn | undefined;
  for (const turn of thread.slice(-MOST_TURNS)) {
    const { question: standalone, rule } = rewriteAfter(turn.question, earlier, vocabulary);
    // What goes on from something unknown says nothing that another follow-up could go on from.
    if (rule !== null || refersBack(standalone) === null) {
      earlier = { ...turn, question: standalone };
    }
  }
  return rewriteAfter(question, earlier, vocabulary);
}

/** The thread with one more turn, the oldest left out where there are too many. */
export function withTurn(thread: readonly Turn[], turn: Turn): Turn[] {
  return [...thread, turn].slice(-MOST_TURNS);
}

function rewriteAfter(
  question: string,
  earlier: Turn | undefined,
  vocabulary: Vocabulary,
): Rewritten {
  if (earlier === undefined) return { question, rule: null };
  const followUp = readFollowUp(question);
  const before = { ...earlier, ...readSentence(earlier.question) };
  for (const { name, apply } of FOLLOW_UP_RULES) {
    const found = apply(followUp, before, vocabulary);
    if (found !== undefined && found !== question) return { question: found, rule: name };
  }
  return { question, rule: null };
}
