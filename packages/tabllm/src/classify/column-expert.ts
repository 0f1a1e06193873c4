/** A language model that knows something of a table's columns: their questions, and what it says to each. */
import type { ReasonScorer } from '../scoring/reason-scorer.ts';
import type { ColumnAnswer } from './column-answers.ts';
import { type AskedRows, columnQuestions, type DescribeCells } from './column-questions.ts';

/** @returns what is said of the columns, those left out of which nothing is said */
export type ColumnExpert = (table: AskedRows) => readonly ColumnAnswer[];

export interface ColumnExpertOptions {
  readonly describe: DescribeCells;
  readonly score: ReasonScorer;
}

/** An expert that is asked when it is needed, a column after the other. */
export function columnExpert({ describe, score }: ColumnExpertOptions): ColumnExpert {
  return (table) =>
    columnQuestions(table, describe).map((question) => ({
      ...question,
      scores: score(question.name, question.values),
    }));
}
