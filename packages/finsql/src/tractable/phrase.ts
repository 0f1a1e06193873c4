/** What a stretch of a question may stand for. */

/** Words that say how things are asked for, compared, ordered, counted; the same for all languages. */
export type Word =
  | { readonly word: 'how-many' | 'how-much' | 'list' | 'who' | 'when' | 'where' }
  /** `one`: of several things of a kind, as `which` asks and `what` need not. */
  | { readonly word: 'which'; readonly one?: true }
  | { readonly word: 'measure'; readonly call: 'count' | 'sum' | 'avg' | 'min' | 'max' }
  | { readonly word: 'distinct' | 'each' | 'by' | 'sorted-by' }
  /** `follows`: the column that rows are ordered by comes behind. */
  | { readonly word: 'descending' | 'ascending'; readonly follows?: true }
  | { readonly word: 'days-first'; readonly descending: boolean }
  | { readonly word: 'compare'; readonly sign: '<' | '<=' | '>' | '>=' | '=' }
  /** Behind its number: `5 or more`, 5 以上. */
  | { readonly word: 'or-more' | 'or-less' }
  | { readonly word: 'both' | 'between' | 'and' | 'or' | 'to' | 'not' | 'without' }
  /** The first rows of an order; `of` says what kind of column it is by. */
  | { readonly word: 'extreme'; readonly descending: boolean; readonly of: ExtremeOf }
  | { readonly word: 'top'; readonly descending: boolean }
  /** Against the mean: `above average`. */
  | { readonly word: 'mean'; readonly sign: '<' | '>' }
  | { readonly word: 'before' | 'after' | 'since' | 'until' | 'end-of' }
  /** Says where, of what, for whom: nothing by itself. */
  /** Sorts by what is named behind the next `by`. */
  | { readonly word: 'sort' }
  | { readonly word: 'each-period'; readonly grain: 'year' | 'month' }
  | { readonly word: 'preposition' | 'with' | 'noise' | 'unit' };

/** `most` counts rows or takes a column; the others take a column of their kind where none is named. */
export type ExtremeOf = 'any' | 'count' | 'day' | 'price' | 'age';

export type Meaning =
  | { readonly kind: 'table'; readonly table: string; readonly cost: number }
  | {
      readonly kind: 'column';
      readonly table: string;
      readonly column: string;
      readonly cost: number;
    }
  /** A column of yes and no, said as a property: `state-owned companies`. */
  | {
      readonly kind: 'flag';
      readonly table: string;
      readonly column: string;
      readonly cost: number;
    }
  | {
      readonly kind: 'value';
      readonly table: string;
      readonly column: string;
      readonly value: string;
      readonly cost: number;
    }
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly form: 'plain' | 'amount' | 'percentage';
      readonly cost: number;
    }
  | {
      readonly kind: 'period';
      readonly from: string;
      readonly to: string;
      readonly grain: string;
      readonly cost: number;
    }
  | ({ readonly kind: 'word'; readonly cost: number } & Word);

/** A stretch of the question with all that it may mean. */
export interface Phrase {
  readonly from: number;
  readonly to: number;
  readonly meanings: readonly Meaning[];
}
