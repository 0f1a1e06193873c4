/** What single words and turns of a language say, and the lists that have them. */

export type Sign = '<' | '<=' | '>' | '>=' | '=';

/** Words that say how things are asked for, compared, ordered, counted; the same for all languages. */
export type Word =
  | { readonly word: 'who' | 'where' }
  | {
      readonly word: 'list';
      /** Before what a question lists at its end as all, or beside what rows are called by. */
      readonly last?: 'all' | 'beside';
      /** It asks for a figure as well as for rows: 统计. */
      readonly figures?: true;
    }
  /** In such a list, the number, the key or the day that the rows themselves have. */
  | { readonly word: 'own-number'; readonly of: 'number' | 'key' | 'day' | 'amount' | 'money' }
  | {
      readonly word: 'how-many';
      /** Of each of several: 分别有多少. */
      readonly each?: true;
      /** How often: 多少次. */
      readonly times?: true;
      /** Of what, nothing tells yet: 多少. */
      readonly bare?: true;
      /** Of rows, and no amount of them: 多少条. */
      readonly counts?: true;
      /** Of people: 多少人. */
      readonly ofPeople?: true;
    }
  | {
      readonly word: 'how-much';
      /** Of each of several. */
      readonly each?: true;
      /** So many of the unit that amounts are said in: 多少万元. */
      readonly unit?: number;
      /** Of all together: 一共多少钱. */
      readonly total?: true;
    }
  | {
      readonly word: 'when';
      /** The year alone: 哪一年. */
      readonly year?: true;
    }
  | {
      readonly word: 'which';
      /** Of several things of a kind, as `which` asks and `what` need not. */
      readonly one?: true;
      /** Of all that are such: 哪些. */
      readonly many?: true;
      /** Of one row: `what is`. */
      readonly sole?: true;
      /** Of each of what stands before it: 分别是什么. */
      readonly each?: true;
    }
  | {
      readonly word: 'measure';
      readonly call: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'range';
      /** Of what stands before it: 佣金总额. */
      readonly behind?: true;
      /** The sum of a column that holds numbers of something. */
      readonly total?: true;
      /** Of rows of the column named next: 平均每笔. */
      readonly ofRows?: true;
      /** Behind an extreme alone: `the largest amount of students`. */
      readonly ofMost?: true;
      /** Of what changes hands. */
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
  /** Behind a column that holds nothing. */
  | { readonly word: 'unknown' }
  /** Of what changes. */
  | { readonly word: 'how' }
  | {
      readonly word: 'descending' | 'ascending';
      /** Whether the column that rows are ordered by comes behind it. */
      readonly follows?: true;
      /** By the alphabet. */
      readonly ofTexts?: true;
      /** By a figure. */
      readonly ofFigures?: true;
      /** Of what is good or dear, and of no number of rows: `best first`. */
      readonly ofWorth?: true;
      /** By what is counted, or comes to. */
      readonly ofMeasure?: 'count' | 'sum';
    }
  | {
      readonly word: 'days-first';
      readonly descending: boolean;
      /** Whether the day that rows are ordered by comes behind it. */
      readonly follows?: true;
      /** From old to young, which is up by the day of birth and down by the age. */
      readonly ofAge?: true;
    }
  | {
      readonly word: 'compare';
      readonly sign: Sign;
      /** Of ages, where no column is named. */
      readonly age?: true;
      /** By what, where no column is named. */
      readonly dimension?: Dimension;
    }
  /** Behind its number: `5 or more`, 5 以上. */
  | { readonly word: 'or-more' | 'or-less' }
  | { readonly word: 'between' | 'and' | 'to' | 'not' }
  /** A denial with its verb: `never sold`. */
  | {
      readonly word: 'never-done';
      readonly verb: string;
      /** The tables whose rows are told by that verb. */
      readonly done: readonly string[];
      readonly active?: true;
    }
  /** Behind rows or before them, how much each of them is: `average loan size`. */
  | { readonly word: 'row-size' }
  | {
      readonly word: 'without';
      /** Of what stands before it: 一只基金也没管. */
      readonly behind?: true;
    }
  /** Before what is not so of the rest: `but not in 2024`. */
  | { readonly word: 'but' }
  /** Behind a bound: 含5万, 不含. */
  | { readonly word: 'including'; readonly not?: true }
  /** Behind what is not meant: `cancelled ones left out`, 作废的不算. */
  | {
      readonly word: 'left-out';
      /** It may be said before it as well: 除了华东以外. */
      readonly twice?: true;
    }
  /** Of one row, and not of what several come to: 单笔金额. */
  | { readonly word: 'single' }
  /** Of things with nothing to be counted as well: `include those without any`, 没有的也列出来. */
  | { readonly word: 'with-none' }
  /** Of nothing else: 只申购过. */
  | { readonly word: 'only' }
  | {
      readonly word: 'both';
      /** Of two as well, or of so many. */
      readonly shared?: true;
    }
  | {
      readonly word: 'or';
      /** Of `or more than`. */
      readonly sign?: Sign;
      /** Of `nor`. */
      readonly not?: true;
    }
  /** The first rows of an order. */
  | {
      readonly word: 'extreme';
      readonly descending: boolean;
      /** What kind of column the order is by. */
      readonly of: ExtremeOf;
      /** 第二高. */
      readonly place?: number;
      /** Of what changes hands: `made the most money`. */
      readonly money?: true;
      /** By what, where no column is named: `the tallest building`. */
      readonly dimension?: Dimension;
      /** Of one row: `the largest single order`. */
      readonly single?: true;
    }
  | {
      readonly word: 'top';
      readonly descending: boolean;
      /** By what people are paid. */
      readonly paid?: true;
    }
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
      /** Those who are named do so: `gave`, and not `given`. */
      readonly active?: true;
    }
  /** In percent of all. */
  | { readonly word: 'share' }
  /** Between all and the part of them: `are`, `came`. */
  | { readonly word: 'copula' }
  /** Behind the part, and before all where those are named: 卖出占百分之几. */
  | {
      readonly word: 'makes-up';
      /** Of rows that are as the word before says: 空置率. */
      readonly rate?: true;
      /** In percent only where that is said: 除以. */
      readonly plain?: true;
    }
  /** Behind the part, before all: `as a percentage of`. */
  | {
      readonly word: 'percent-of';
      /** Of the total, where nothing follows. */
      readonly all?: true;
    }
  /** Of two figures that were compared, or that stand before it, what lies between them. */
  | {
      readonly word: 'gap';
      /** Of all rows together: 差多少. */
      readonly asks?: true;
    }
  /** Between two columns, and before them. */
  | { readonly word: 'minus' | 'plus' | 'difference' }
  /** Of rows that refer to another of their table: `report to`. */
  | { readonly word: 'reports-to' }
  /** Behind the name of a row, before what is under it. */
  | { readonly word: 'under' }
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
  | {
      readonly word: 'own';
      /** Nothing where there is no mean: `in their`. */
      readonly soft?: true;
    }
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
  /** Says where, of what, for whom. */
  | {
      readonly word: 'preposition';
      /** What stands before it are all: 交易中. */
      readonly among?: true;
      /** Who does it comes next: `written by`. */
      readonly by?: true;
      /** Of no number, which is then no exact one. */
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
  /** Says nothing. */
  | {
      readonly word: 'noise';
      /** A word that nothing is known of. */
      readonly passedOver?: true;
    }
  /** Before what a row is called by. */
  | { readonly word: 'named' }
  | {
      readonly word: 'unit';
      /** Of a number alone, 100美元; not in 美元基金. */
      readonly behind?: true;
      readonly money?: true;
      readonly days?: true;
      readonly hours?: true;
      /** Not where periods are asked for. */
      readonly period?: true;
      readonly years?: true;
      /** Of nothing but a period: `2023 only`. */
      readonly ofPeriod?: true;
      /** What rows are counted by: 25张. */
      readonly counts?: true;
    }
  /** Of several values, each by itself. */
  | { readonly word: 'apart' }
  /** In how many of the plain unit figures are shown: `in millions`. */
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

export type PeriodGrain = 'year' | 'quarter' | 'month' | 'day';

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
