/**
 * What a question spells out and the statement written for it says nothing about: stored texts, numbers,
 * that a number is a percentage.
 */
import { misplacedPercentages } from '../calibrate/percent-columns.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import type { LinkedValue } from '../retrieval/values.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Caution } from '../wording/messages.ts';
import { unusedMentions } from './unused-mentions.ts';
import { unusedNumbers } from './unused-numbers.ts';

/** A question, as far as an answer to it can be judged by. */
export interface Asked {
  readonly question: string;
  readonly context: DatabaseContext;
  /** Stored texts that the question mentions. */
  readonly mentions: readonly LinkedValue[];
}

/** A question with what was retrieved for it. */
export function askedOf(context: DatabaseContext, { question, evidence }: Retrieval): Asked {
  return { question, context, mentions: evidence };
}

/** Each as what is to be said of it; none: nothing is passed over. */
export function passedOver(sql: string, { question, context, mentions }: Asked): Caution[] {
  return [
    ...unusedMentions(sql, context, mentions).map(
      ({ table, column, value }): Caution => ({
        code: 'passed-over',
        column: `${table}.${column}`,
        text: value,
      }),
    ),
    ...unusedNumbers(question, sql).map(
      (text): Caution => ({ code: 'number-passed-over', text: text.trim() }),
    ),
    ...misplacedPercentages(tokenizeSql(sql), context.schema, question).map(
      ({ table, column, text }): Caution => ({
        code: 'percentage-elsewhere',
        column: `${table.name}.${column.name}`,
        text,
      }),
    ),
  ];
}
