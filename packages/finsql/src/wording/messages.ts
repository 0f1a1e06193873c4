/** What may be said about an answer, as codes and values; each language has its own words for them. */

/**
 * Why the first statement was not the one to show: it found nothing, and either several attempts agree
 * on another or the second adapter wrote one that finds something; it passed over a text of the question;
 * its join has no condition.
 */
export type AnotherReading = 'no-rows' | 'other-adapter' | 'passed-over' | 'joins-everything';

/** A text that is asked of another column, `table.column`, than the first SQL asked it of. */
export interface MovedText {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/** What the reader should know before trusting the rows. */
export type Caution =
  | { readonly code: 'cut-off'; readonly tokens: number }
  | { readonly code: 'more-rows'; readonly shown: number }
  /** A LIMIT leaves out rows that are equal to the last one in all that they are ordered by. */
  | { readonly code: 'ties'; readonly more: number; readonly orMore: boolean }
  /** `error`: what SQLite said against the draft; null where it ran. No rules: only its form was. */
  | { readonly code: 'corrected'; readonly rules: readonly string[]; readonly error: string | null }
  | { readonly code: 'another-attempt'; readonly error: string }
  /** The first draft ran, and found nothing or passed over a stored text of the question. */
  | { readonly code: 'another-reading'; readonly because: AnotherReading }
  | { readonly code: 'no-rows' }
  /** The statement is that of another question, with these in place of what that one says. */
  | {
      readonly code: 'as-known';
      readonly question: string;
      readonly changes: readonly { readonly from: string; readonly to: string }[];
    }
  /** The statement was not run; SQLite would refuse it over the part of the database that may be read. */
  | { readonly code: 'would-fail'; readonly error: string }
  | { readonly code: 'stored-spelling'; readonly moved?: readonly MovedText[] }
  | { readonly code: 'value-not-stored'; readonly column: string; readonly text: string }
  /** The question spells out a stored text that the statement does not ask for. */
  | { readonly code: 'passed-over'; readonly column: string; readonly text: string }
  /** The question writes a number that the statement says nothing about. */
  | { readonly code: 'number-passed-over'; readonly text: string }
  /** Nothing is known of these words of the question, and the statement is what the others say. */
  | { readonly code: 'words-passed-over'; readonly words: readonly string[] }
  /** Nothing is known of these words of the question, and the statement is a model's guess at them. */
  | { readonly code: 'words-unexplained'; readonly words: readonly string[] }
  /** A percentage of the question is compared with a column in another unit, beside one in percent. */
  | { readonly code: 'percentage-elsewhere'; readonly column: string; readonly text: string }
  /** A period that is counted from today finds nothing: the column has other days, months or years. */
  | {
      readonly code: 'outside-data';
      readonly text: string;
      readonly from: string;
      readonly to: string;
      readonly column: string;
      readonly first: string;
      readonly last: string;
    }
  /** A word of the question stands for something that was asked before, and nothing is known of that. */
  | { readonly code: 'refers-back'; readonly text: string }
  /** `others`: other candidates that were written; null where there was only one. */
  | { readonly code: 'doubtful'; readonly percent: number; readonly others: number | null };

/** Why there are no rows. */
export type Refusal =
  /** The data has nothing to do with the question. `tables`: the first of them; `more`: there are others. */
  | {
      readonly code: 'off-topic';
      readonly database: string;
      readonly unknown: readonly string[];
      readonly tables: readonly string[];
      readonly more: boolean;
    }
  /** A part of the question has no table, column or value. */
  | {
      readonly code: 'not-in-data';
      readonly database: string;
      readonly unknown: readonly string[];
    }
  /** Nothing was found, and a text of the statement is stored nowhere. */
  | { readonly code: 'no-such-value'; readonly column: string; readonly text: string }
  /** No candidate is a statement that SQLite accepts. */
  | { readonly code: 'nothing-runs'; readonly error: string }
  | {
      readonly code: 'candidates-disagree';
      readonly agreeing: number;
      readonly candidates: number;
    }
  | { readonly code: 'low-confidence'; readonly percent: number };

/** Why the guard does not let a statement run. */
export type Forbidden =
  | { readonly code: 'too-long'; readonly characters: number; readonly most: number }
  | { readonly code: 'nul-character' }
  | { readonly code: 'empty-statement' }
  | { readonly code: 'too-many-tokens'; readonly most: number }
  | { readonly code: 'not-sql'; readonly text: string }
  | { readonly code: 'several-statements' }
  /** It begins with another word than a query does. */
  | { readonly code: 'not-a-query'; readonly word: string }
  | { readonly code: 'open-parameters' }
  | { readonly code: 'too-deep'; readonly most: number }
  /** A table, or a function with its parentheses, that tells about files, statements or pages. */
  | { readonly code: 'internal-name'; readonly name: string }
  | { readonly code: 'internal-tables' }
  | { readonly code: 'not-read-only' }
  | { readonly code: 'writes'; readonly operation: string }
  | { readonly code: 'other-database' }
  | { readonly code: 'schema-prefix'; readonly prefix: string };

/** A sentence for each code of a message. */
export type Sentences<Message extends { readonly code: string }> = {
  readonly [Code in Message['code']]: (message: Extract<Message, { code: Code }>) => string;
};

/** The sentence for a message. */
export function sentenceFor<Message extends { readonly code: string }>(
  sentences: Sentences<Message>,
  message: Message,
): string {
  const say = sentences[message.code as Message['code']] as (message: Message) => string;
  return say(message);
}
