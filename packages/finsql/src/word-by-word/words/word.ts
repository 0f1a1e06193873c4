/** What single words and turns of a language say, and the lists that have them. */

export type Sign = '<' | '<=' | '>' | '>=' | '=';

/** Words that say how things are asked for, compared, ordered, counted; the same for all languages. */
export type Word =
  | { readonly word: 'who' | 'where' }
  /** `last`: before what a question lists at its end as all, or beside what rows are called by. */
  | { readonly word: 'list'; readonly last?: 'all' | 'beside' }
  /** In such a list, the number, the key or the day that the rows themselves have. */
  | { readonly word: 'own-number'; readonly of: 'number' | 'key' | 'day' | 'amount' | 'money' }
  /** `each`: of each of several, 分别有多少. `times`: how often, 多少次. `bare`: of what, nothing tells yet, 多少. */
  | {
      readonly word: 'how-many';
      readonly each?: true;
      readonly times?: true;
      readonly bare?: true;
    }
  /** `unit`: so many of the unit that amounts are said in, 多少万元. `total`: of all together, 一共多少钱. */
  | {
      readonly word: 'how-much';
      readonly each?: true;
      readonly unit?: number;
      readonly total?: true;
    }
  /** `year`: the year alone, 哪一年. */
  | { readonly word: 'when'; readonly year?: true }
  /** `one`: of several things of a kind, as `which` asks and `what` need not. `many`: of all that are such, 哪些. `sole`: of one row, `what is`. `each`: of each of what stands before it, 分别是什么. */
  | {
      readonly word: 'which';
      readonly one?: true;
      readonly many?: true;
      readonly sole?: true;
      readonly each?: true;
    }
  /** `behind`: of what stands before it, 佣金总额. `total`: the sum of a column that holds numbers of something. `ofRows`: of rows of the column named next, 平均每笔. `ofMost`: behind an extreme alone, `the largest amount of students`. `money`: of what changes hands. */
  | {
      readonly word: 'measure';
      readonly call: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'range';
      readonly behind?: true;
      readonly total?: true;
      readonly ofRows?: true;
      readonly ofMost?: true;
      readonly money?: true;
      /** Only behind the rows that it is of: `repair spend`. */
      readonly noun?: true;
      /** Of what stands before it or anywhere: `in total`, `come to`. */
      readonly adverb?: true;
      /** Of people or companies: 人数. */
      readonly ofThings?: true;
      /** Of a mean of which it is said elsewhere by what rows weigh: 加权平均. */
      readonly weighted?: true;
      /** Of a mean: how much each row counts. */
      readonly weight?: { readonly table: string; readonly column: string };
    }
  /** By what the rows of a mean weigh: 按金额加权. */
  | { readonly word: 'weighed'; readonly by: { readonly table: string; readonly column: string } }
  /** Behind it, a figure of which there is to be some: 只看还有余额的. */
  | { readonly word: 'with-some' }
  | { readonly word: 'distinct' | 'each' | 'by' | 'sorted-by' }
  /** Behind a column that holds nothing. `how`: of what changes. */
  | { readonly word: 'unknown' | 'how' }
  /** `follows`: the column that rows are ordered by comes behind. `ofTexts`: by the alphabet. `ofFigures`: by a figure. */
  | {
      readonly word: 'descending' | 'ascending';
      readonly follows?: true;
      readonly ofTexts?: true;
      readonly ofFigures?: true;
      /** Of what is good or dear, and of no number of rows: `best first`. */
      readonly ofWorth?: true;
      /** By what is counted, or comes to. */
      readonly ofMeasure?: 'count' | 'sum';
    }
  /** `ofAge`: from old to young, which is up by the day of birth and down by the age. */
  | {
      readonly word: 'days-first';
      readonly descending: boolean;
      readonly follows?: true;
      readonly ofAge?: true;
    }
  /** `age`: of ages, where no column is named; `dimension`: of that. */
  | {
      readonly word: 'compare';
      readonly sign: Sign;
      readonly age?: true;
      readonly dimension?: Dimension;
    }
  /** Behind its number: `5 or more`, 5 以上. */
  | { readonly word: 'or-more' | 'or-less' }
  | { readonly word: 'between' | 'and' | 'to' | 'not' }
  /** A denial with its verb, `never sold`. `done`: the tables whose rows are told by that verb. */
  | {
      readonly word: 'never-done';
      readonly verb: string;
      readonly done: readonly string[];
      readonly active?: true;
    }
  /** Behind rows or before them, how much each of them is: `average loan size`. */
  | { readonly word: 'row-size' }
  /** `behind`: of what stands before it, 一只基金也没管. */
  | { readonly word: 'without'; readonly behind?: true }
  /** Before what is not so of the rest: `but not in 2024`. */
  | { readonly word: 'but' }
  /** Behind a bound: 含5万, 不含. */
  | { readonly word: 'including'; readonly not?: true }
  /** Behind what is not meant: `cancelled ones left out`, 作废的不算. */
  | { readonly word: 'left-out' }
  /** Of one row, and not of what several come to: 单笔金额. */
  | { readonly word: 'single' }
  /** Of things with nothing to be counted as well: `include those without any`, 没有的也列出来. */
  | { readonly word: 'with-none' }
  /** Of nothing else: 只申购过. */
  | { readonly word: 'only' }
  /** `shared`: of two as well, or of so many. */
  | { readonly word: 'both'; readonly shared?: true }
  /** `sign`: of `or more than`. `not`: of `nor`. */
  | { readonly word: 'or'; readonly sign?: Sign; readonly not?: true }
  /** The first rows of an order; `of` says what kind of column it is by. */
  /** `place`: 第二高. `money`: of what changes hands, `made the most money`. `dimension`: by what, where no column is named, `the tallest building`. `single`: of one row, `the largest single order`. */
  | {
      readonly word: 'extreme';
      readonly descending: boolean;
      readonly of: ExtremeOf;
      readonly place?: number;
      readonly money?: true;
      readonly dimension?: Dimension;
      readonly single?: true;
    }
  /** `paid`: by what people are paid. */
  | { readonly word: 'top'; readonly descending: boolean; readonly paid?: true }
  /** Before an extreme, the place behind it: `second highest`. */
  | { readonly word: 'nth'; readonly place: number }
  /** Against zero: 净利润为负. */
  | { readonly word: 'signed'; readonly sign: '<' | '>' | '=' }
  /** Against the mean: `above average`. */
  | { readonly word: 'mean'; readonly sign: '<' | '>'; readonly of?: 'price' }
  /** Before what is taken so many times: `twice the average`. */
  | { readonly word: 'times'; readonly factor: number }
  | { readonly word: PeriodWord }
  /** Shows what rows are ordered by, too: `top 3 ... with the count`. */
  | { readonly word: 'with-figure' }
  /** Of what goes on: nothing where no day says that it has ended. */
  | { readonly word: 'now' }
  /** Says that money changes hands: of sums and of `how much`. */
  | {
      readonly word: 'money';
      readonly paid?: true;
      readonly earned?: true;
      readonly owed?: true;
    }
  /** In percent of all; `are` and `came` stand between those and the part of them. */
  | { readonly word: 'share' | 'copula' }
  /** Behind the part, and before all where those are named: 卖出占百分之几. */
  /** `rate`: of rows that are as the word before says, 空置率. */
  /** `plain`: in percent only where that is said, 除以. */
  | { readonly word: 'makes-up'; readonly rate?: true; readonly plain?: true }
  /** Behind the part, before all: `as a percentage of`; `all`: of the total, where nothing follows. */
  | { readonly word: 'percent-of'; readonly all?: true }
  /** Of two figures that were compared, or that stand before it, what lies between them. */
  | { readonly word: 'gap' }
  /** Between two columns, and before them. */
  | { readonly word: 'minus' | 'plus' | 'difference' }
  /** Of rows that refer to another of their table: `report to`. */
  | { readonly word: 'reports-to' }
  /** Before what is done: 做过交易. */
  | { readonly word: 'done-with' }
  /** Of one period against another. */
  | { readonly word: 'change'; readonly inPercent?: true }
  /** `in percent` of a change; `more in 2024 than in 2023`. */
  | { readonly word: 'in-percent' | 'than' }
  | { readonly word: 'more-then'; readonly sign: '<' | '>' }
  /** Beside what things are called by: `funds with their fees`. */
  | { readonly word: 'with-own' }
  /** Behind a mean: over those that are the same in what comes next. */
  /** `soft`: nothing where there is no mean, as `in their`. */
  | { readonly word: 'own'; readonly soft?: true }
  /** All columns: `all information about`, `all details of`. */
  | { readonly word: 'whole'; readonly details?: true }
  /** Sorts by what is named behind the next `by`. */
  | { readonly word: 'sort' }
  | { readonly word: 'each-period' | 'which-period' | 'period'; readonly grain: PeriodGrain }
  /** Months are to be written with their years. */
  | { readonly word: 'full-months' }
  /** Of a change: from the same period of the year before, or from the period before; 比2023年, from the one behind it. */
  | {
      readonly word: 'from-before';
      readonly by: 'year' | 'period';
      readonly inPercent?: true;
      /** Of each such period, where none is said: `month over month`. */
      readonly grain?: PeriodGrain;
    }
  | { readonly word: 'versus' }
  /** Behind it, all that are not as what stands before: `against the others`. */
  | { readonly word: 'the-others' }
  /** Of whom an extreme is that is asked for: `the highest limit, and whose is it`. */
  | { readonly word: 'of-whom' }
  /** Added up from period to period: `cumulative`. */
  | { readonly word: 'running' }
  /** `with` and prepositions say where, of what, for whom; noise and units say nothing. */
  /** `among`: what stands before it are all, 交易中. `by`: who does it comes next, `written by`. `about`: of no number, which is then no exact one. */
  | {
      readonly word: 'preposition';
      readonly among?: true;
      readonly by?: true;
      readonly about?: true;
      /** Of a period, `over 2024`, or of what is stored, `under hedge accounting`, and nothing else. */
      readonly ofStated?: 'period' | 'value';
      /** Of a figure of all rows: `over all loans`. */
      readonly ofAll?: true;
      /** Before a part of what is asked for, of which the same is asked: 其中. */
      readonly ofThose?: true;
      /** Not of rows that are named: `of everything bound`. */
      readonly alone?: true;
    }
  | { readonly word: 'with' }
  /** `passedOver`: a word that nothing is known of. */
  | { readonly word: 'noise'; readonly passedOver?: true }
  /** Before what a row is called by. */
  | { readonly word: 'named' }
  /** `behind`: nothing but of a number, 100美元; not in 美元基金. `period`: not where periods are asked for. */
  | {
      readonly word: 'unit';
      readonly behind?: true;
      readonly money?: true;
      readonly days?: true;
      readonly hours?: true;
      readonly period?: true;
      readonly years?: true;
      /** `ofPeriod`: of nothing but a period, `2023 only`. */
      readonly ofPeriod?: true;
      /** What rows are counted by: 25张. */
      readonly counts?: true;
    }
  /** In how many of the plain unit figures are shown: `in millions`. */
  /** Of several values, each by itself. */
  | { readonly word: 'apart' }
  | { readonly word: 'in-size'; readonly size: number }
  /** In how many of the unit that amounts are said in: 用万元表示. */
  | { readonly word: 'in-unit'; readonly unit: number }
  /** How long it takes from one day to another. */
  | { readonly word: 'day-span' };

/** `most` counts rows or takes a column, `most common` counts the rows of each;  the others take a column of their kind where none is named. */
export type ExtremeOf = 'any' | 'count' | 'day' | 'price' | 'age' | 'rows';

/** What an adjective measures. */
export type Dimension =
  | 'height'
  | 'length'
  | 'size'
  | 'weight'
  | 'depth'
  | 'speed'
  | 'population'
  | 'price'
  | 'value';

export type PeriodGrain = 'year' | 'quarter' | 'month';

/** How a period is meant: all before it, all after it, from it on, up to it, its last day. */
export type PeriodWord = 'before' | 'after' | 'since' | 'until' | 'end-of';

/** Texts with what they say, alternatives separated by `|`. */
export type Vocabulary = readonly (readonly [texts: string, word: Word, cost?: number])[];

export const compare = (sign: Sign): Extract<Word, { readonly word: 'compare' }> => ({
  word: 'compare',
  sign,
});

export const extreme = (
  descending: boolean,
  of: ExtremeOf = 'any',
): Extract<Word, { readonly word: 'extreme' }> => ({
  word: 'extreme',
  descending,
  of,
});
