/**
 * Phrases of one meaning each → a reading. Every phrase is used or says nothing; what is left over, or
 * what nothing follows that it needs, makes the question none that is read so.
 */
import { isInPercent } from '../calibrate/percent-columns.ts';
import { unitScale } from '../calibrate/unit-scales.ts';
import { findColumn, findTable, fold, type Schema, type Table } from '../schema/schema.ts';
import { flagOf, labelsOf } from './names.ts';
import type { Meaning } from './phrase.ts';
import type {
  ColumnRef,
  Comparison,
  Condition,
  Group,
  Item,
  Measure,
  Order,
  Reading,
} from './reading.ts';

type Word = Extract<Meaning, { readonly kind: 'word' }>;
type Extreme = Extract<Word, { readonly word: 'extreme' }>;

interface Draft {
  thing?: string;
  /** Whether the thing was named as a column: `which cities`. */
  shown: Item[];
  conditions: Condition[];
  groups: Group[];
  having: Reading['having'][number][];
  order?: Order;
  limit?: number;
  tables: string[];
  periods: { from: string; to: string; sign?: '<' | '>' | '>=' | '<='; ends: boolean }[];
  counting: boolean;
  asksWho: boolean;
  asks?: 'when' | 'where' | 'how-much';
  listed: boolean;
  /** Whether a column is asked for by itself: `which cities`. */
  distinct: boolean;
  implicit: boolean;
}

class Unread extends Error {}

function fail(why: string): never {
  throw new Unread(why);
}

/** The reading of phrases; undefined where there is none. */
export function parseMeanings(
  meanings: readonly Meaning[],
  schema: Schema,
  chinese: boolean,
  why?: (reason: string) => void,
): Reading | undefined {
  try {
    return new Parser(meanings, schema, chinese).read();
  } catch (error) {
    if (error instanceof Unread) {
      why?.(error.message);
      return undefined;
    }
    throw error;
  }
}

class Parser {
  readonly #phrases: readonly Meaning[];
  readonly #schema: Schema;
  readonly #chinese: boolean;
  #at = 0;
  readonly #draft: Draft = {
    shown: [],
    conditions: [],
    groups: [],
    having: [],
    tables: [],
    periods: [],
    counting: false,
    asksWho: false,
    listed: false,
    distinct: false,
    implicit: false,
  };
  /** Said and not yet applied. */
  #calls: Measure['call'][] = [];
  #distinct = false;
  #grouping = false;
  #sorting = false;
  #extreme: Extreme | undefined;
  #top: { readonly descending: boolean } | undefined;
  #negated = false;
  #without = false;
  #sign: Comparison | undefined;
  #period: 'before' | 'after' | 'since' | 'until' | 'end-of' | undefined;
  /** A number that nothing was said of yet. */
  #number: Extract<Meaning, { kind: 'number' }> | undefined;
  /** The column named last, for what is said behind it. */
  #column: ColumnRef | undefined;
  #columnUsed = true;
  #ordered: 'descending' | 'ascending' | undefined;
  #daysFirst = false;
  #both = false;
  #asksWhich = false;
  #sorts = false;
  #eachPeriod: 'year' | 'month' | undefined;
  /** The day that a period is said of. */
  #periodOf: ColumnRef | undefined;

  constructor(meanings: readonly Meaning[], schema: Schema, chinese: boolean) {
    const isNoise = (one: Meaning) =>
      one.kind === 'word' && (one.word === 'noise' || one.word === 'unit');
    this.#phrases = meanings.filter((one) => !isNoise(one));
    this.#schema = schema;
    this.#chinese = chinese;
  }

  read(): Reading {
    while (this.#at < this.#phrases.length) {
      const phrase = this.#phrases[this.#at++];
      if (phrase !== undefined) this.#take(phrase);
    }
    return this.#finish();
  }

  get #next(): Meaning | undefined {
    return this.#phrases[this.#at];
  }

  #nextWord(): Word | undefined {
    const next = this.#next;
    return next?.kind === 'word' ? next : undefined;
  }

  #take(phrase: Meaning): void {
    if (phrase.kind === 'table') this.#takeTable(phrase.table);
    else if (phrase.kind === 'column') this.#takeColumn(phrase);
    else if (phrase.kind === 'flag') this.#takeFlag(phrase);
    else if (phrase.kind === 'value') this.#takeValue(phrase);
    else if (phrase.kind === 'number') this.#takeNumber(phrase);
    else if (phrase.kind === 'period') this.#takePeriod(phrase);
    else this.#takeWord(phrase);
  }

  #takeWord(word: Word): void {
    const draft = this.#draft;
    switch (word.word) {
      case 'how-many':
        draft.counting = true;
        return;
      case 'how-much':
        draft.asks = word.word;
        return;
      case 'when':
      case 'where':
        // `cities where people live`.
        if (draft.thing === undefined && draft.shown.length === 0) draft.asks = word.word;
        else if (this.#chinese) draft.asks = word.word;
        return;
      case 'who':
        draft.asksWho = true;
        return;
      case 'which':
        draft.listed = true;
        this.#asksWhich = word.one === true;
        return;
      case 'list':
        return;
      case 'measure':
        this.#takeMeasure(word.call);
        return;
      case 'distinct':
        this.#distinct = true;
        return;
      case 'each':
        this.#grouping = true;
        return;
      case 'by':
        this.#takeBy();
        return;
      case 'sorted-by':
        this.#sorting = true;
        return;
      case 'sort':
        this.#sorts = true;
        return;
      case 'each-period':
        if (this.#eachPeriod !== undefined) fail('two periods of groups');
        this.#eachPeriod = word.grain;
        return;
      case 'descending':
      case 'ascending':
        this.#ordered = word.word;
        if (word.follows === true) this.#sorting = true;
        return;
      case 'days-first':
        this.#ordered = word.descending ? 'descending' : 'ascending';
        this.#daysFirst = true;
        return;
      case 'compare':
        this.#takeCompare(word.sign);
        return;
      case 'or-more':
      case 'or-less':
        this.#openNumber(word.word === 'or-more' ? '>=' : '<=');
        return;
      case 'between':
        this.#takeBetween();
        return;
      case 'not':
        this.#negated = true;
        return;
      case 'without':
        this.#without = true;
        return;
      case 'extreme':
        this.#takeExtreme(word);
        return;
      case 'top':
        this.#top = { descending: word.descending };
        return;
      case 'mean':
        this.#takeMean(word.sign);
        return;
      case 'before':
      case 'after':
      case 'since':
      case 'until':
      case 'end-of':
        // `from Berlin` is no period.
        if (this.#next?.kind === 'period') this.#period = word.word;
        else if (word.word !== 'since') fail('before or after what');
        return;
      case 'or':
        fail('an alternative');
        return;
      case 'both':
        this.#both = true;
        return;
      case 'and':
      case 'to':
      case 'with':
      case 'preposition':
        return;
      default:
        return;
    }
  }

  /** `minimum and maximum price` are two; `total number of` and `average total` are one. */
  #takeMeasure(call: Measure['call']): void {
    const before = this.#phrases[this.#at - 2];
    const isJoint = before?.kind === 'word' && before.word === 'and';
    const [last] = this.#calls;
    if (this.#extreme !== undefined && call !== 'count') fail('an extreme of a measure');
    if (last === undefined || isJoint) this.#calls.push(call);
    else if (last === 'sum' && call === 'count') this.#calls = ['count'];
    else if (call !== 'sum') fail('two measures');
  }

  /** `top 5 by size`; `average salary by department`. */
  #takeBy(): void {
    const orders = (one: Meaning) =>
      one.kind === 'word' && /^(?:top|sort|descending|ascending|extreme)$/.test(one.word);
    if (this.#chinese && this.#phrases.slice(this.#at).some(orders)) this.#sorting = true;
    else if (
      this.#sorts ||
      this.#top !== undefined ||
      this.#extreme !== undefined ||
      this.#draft.limit !== undefined
    )
      this.#sorting = true;
    else this.#grouping = true;
  }

  #takeTable(table: string): void {
    const draft = this.#draft;
    draft.tables.push(table);
    if (this.#without) {
      this.#without = false;
      draft.conditions.push({ kind: 'without', table });
      draft.tables.pop();
      return;
    }
    const next = this.#next;
    const isNamed = next?.kind === 'value' && fold(next.table) === fold(table);
    if (this.#grouping && isNamed) this.#grouping = false;
    if (this.#grouping && this.#byAgent) this.#grouping = false;
    if (
      next?.kind === 'word' &&
      next.word === 'measure' &&
      next.call === 'count' &&
      draft.shown.length === 0 &&
      !this.#grouping
    ) {
      const behind = this.#phrases[this.#at + 1];
      if (behind === undefined || behind.kind === 'word') {
        this.#at++;
        this.#calls = ['count'];
      }
    }
    if (this.#grouping) {
      this.#grouping = false;
      draft.groups.push(...this.#labels(table).map((ref) => ({ ...ref, isThing: true })));
      return;
    }
    if (this.#sign !== undefined) {
      const sign = this.#sign;
      const number = this.#number;
      if (
        number === undefined ||
        number.form !== 'plain' ||
        (draft.thing === undefined && draft.shown.length === 0 && !this.#chinese)
      )
        fail('compared rows');
      if (draft.thing !== undefined && fold(draft.thing) === fold(table))
        fail('compared with itself');
      this.#sign = undefined;
      this.#number = undefined;
      draft.having.push({ measure: { call: 'count', rows: table }, sign, value: number.value });
      return;
    }
    const isCounted =
      this.#extreme?.of === 'count' || (this.#extreme !== undefined && this.#calls[0] === 'count');
    // 合同最多的客户, 合同数量最多的客户.
    const [ahead, further] = this.#phrases.slice(this.#at, this.#at + 2);
    const countsAhead =
      ahead?.kind === 'word' && ahead.word === 'measure' && ahead.call === 'count';
    const extremeAhead = countsAhead ? further : ahead;
    if (
      this.#chinese &&
      extremeAhead?.kind === 'word' &&
      extremeAhead.word === 'extreme' &&
      (extremeAhead.of === 'count' || countsAhead) &&
      this.#extreme === undefined
    ) {
      this.#at += countsAhead ? 2 : 1;
      this.#orderBy({ call: 'count', rows: table }, extremeAhead.descending);
      if (draft.listed && this.#at >= this.#phrases.length && draft.thing === undefined)
        fail('the most of itself');
      return;
    }
    if (
      this.#extreme !== undefined &&
      isCounted &&
      draft.thing !== undefined &&
      fold(draft.thing) !== fold(table)
    ) {
      this.#orderBy({ call: 'count', rows: table }, this.#extreme.descending);
      this.#extreme = undefined;
      if (this.#calls[0] === 'count') this.#calls = [];
      return;
    }
    if (
      this.#extreme !== undefined &&
      isCounted &&
      draft.shown.length > 0 &&
      draft.thing === undefined
    ) {
      this.#orderBy({ call: 'count', rows: table }, this.#extreme.descending);
      this.#extreme = undefined;
      if (this.#calls[0] === 'count') this.#calls = [];
      return;
    }
    if (
      this.#calls[0] === 'count' ||
      (draft.counting && draft.thing === undefined && draft.shown.length === 0)
    ) {
      this.#calls = [];
      draft.counting = false;
      if (this.#sorting) {
        this.#sorting = false;
        this.#orderBy({ call: 'count', rows: table }, this.#descends());
        return;
      }
      draft.shown.push({ call: 'count', rows: table });
      if (draft.shown.length === 1) draft.thing ??= table;
      return;
    }
    if (this.#calls.length > 0) fail('a measure of a table');
    draft.thing ??= table;
    if (
      this.#extreme !== undefined &&
      /^(?:day|age|price)$/.test(this.#extreme.of) &&
      fold(draft.thing) === fold(table)
    ) {
      this.#extremeLeft();
    }
    if (
      this.#number !== undefined &&
      draft.limit === undefined &&
      fold(draft.thing) === fold(table)
    ) {
      draft.limit = this.#number.value;
      this.#number = undefined;
    }
  }

  /** `songs by singers`: who made what is shown is no group of it. */
  get #byAgent(): boolean {
    const { shown, counting } = this.#draft;
    const before = this.#phrases[this.#at - 2];
    const isBy = before?.kind === 'word' && before.word === 'by';
    const isText = shown.every((item) => !('call' in item) && !this.#isNumber(item));
    return isBy && !counting && isText && (shown.length > 0 || this.#draft.thing !== undefined);
  }

  #takeColumn({ table, column }: ColumnRef): void {
    const draft = this.#draft;
    const ref: ColumnRef = { table, column };
    this.#columnUsed = true;
    const next = this.#next;
    const before = this.#phrases[this.#at - 2];
    const isHeld = this.#calls.length === 0 && !this.#grouping && !this.#sorting;
    // `city Berlin`, `status is Open`, `Berlin city`.
    if (isHeld && [next, before].some((one) => one?.kind === 'value' && same(one, ref))) return;
    const isSaid = draft.conditions.some(
      (one) => one.kind === 'compare' && one.sign === '=' && same(one.column, ref),
    );
    if (isHeld && isSaid && next?.kind !== 'number' && this.#extreme === undefined) return;
    const behind = this.#phrases[this.#at + 1];
    const isWord =
      next?.kind === 'word' &&
      (next.word === 'not' ||
        next.word === 'without' ||
        (next.word === 'compare' && next.sign === '='));
    if (isHeld && isWord && behind?.kind === 'value' && same(behind, ref)) {
      if (next.word === 'compare') this.#at++;
      return;
    }
    if (this.#grouping) {
      this.#grouping = false;
      draft.groups.push({ ...ref, isThing: false });
      return;
    }
    if (this.#sign !== undefined && this.#number !== undefined) {
      if (/id$/i.test(column)) fail('a key compared');
      this.#compare(ref, this.#sign, this.#number);
      return;
    }
    if (this.#sign !== undefined && next?.kind === 'number') {
      this.#at++;
      this.#compare(ref, this.#sign, next);
      return;
    }
    if (this.#sign !== undefined) fail('compared with a column');
    if (
      next?.kind === 'period' &&
      (this.#isDay(ref) || /year$|年度?$/i.test(column)) &&
      this.#calls.length === 0
    ) {
      this.#periodOf = ref;
      return;
    }
    // 工资的平均值.
    const measureBehind = this.#nextWord();
    const beyond = this.#phrases[this.#at + 1];
    if (
      this.#chinese &&
      measureBehind?.word === 'measure' &&
      measureBehind.call !== 'count' &&
      beyond?.kind !== 'column' &&
      beyond?.kind !== 'table' &&
      this.#calls.length === 0
    ) {
      if (draft.shown.length > 0) fail('a measure of several');
      this.#at++;
      this.#calls = [measureBehind.call];
    }
    let item: Item = ref;
    const [call, ...more] = this.#calls;
    const isFigure =
      call === 'count' && !this.#distinct && this.#isNumber(ref) && !/id$/i.test(column);
    if (isFigure) this.#calls = [];
    else if (call !== undefined) {
      item = { call, of: ref, ...(call === 'count' ? { distinct: true } : {}) };
      this.#calls = [];
      this.#distinct = false;
    }
    if (more.length > 0) {
      if (this.#extreme !== undefined || this.#sorting || this.#nextWord()?.word === 'compare')
        fail('several measures');
      draft.shown.push(item, ...more.map((other): Item => ({ call: other, of: ref })));
      return;
    }
    const behindIt = this.#extremeBehind();
    if (behindIt !== undefined) this.#extreme = behindIt;
    if (this.#extreme !== undefined) {
      const { descending, of } = this.#extreme;
      if (/id$/i.test(column) && !('call' in item)) fail('the most of a key');
      if (
        (of === 'day' || of === 'age') &&
        !('call' in item) &&
        !this.#isDay(ref) &&
        !/age|year/i.test(column)
      )
        fail('the latest of no day');
      if (!('call' in item) && !this.#isNumber(ref) && !this.#isDay(ref))
        fail('the most of a text');
      this.#extreme = undefined;
      const nothingYet =
        behindIt === undefined &&
        draft.thing === undefined &&
        draft.shown.length === 0 &&
        !draft.asksWho;
      if (
        nothingYet &&
        draft.groups.length === 0 &&
        draft.limit === undefined &&
        this.#number === undefined &&
        !('call' in item)
      ) {
        draft.shown.push({ call: descending ? 'max' : 'min', of: ref });
        return;
      }
      this.#orderBy(item, descending);
      return;
    }
    if (this.#sorting) {
      this.#sorting = false;
      this.#orderBy(item, this.#descends());
      return;
    }
    if (draft.counting && draft.shown.length === 0) {
      draft.counting = false;
      const isQuantity = this.#isNumber(ref) && !/id$/i.test(column);
      draft.shown.push(
        isQuantity && !this.#distinct ? ref : { call: 'count', of: ref, distinct: true },
      );
      this.#distinct = false;
      draft.thing ??= table;
      return;
    }
    // What is said behind it decides: compared, or shown.
    const isOf = next?.kind === 'word' && next.word === 'preposition';
    if (draft.shown.length === 0 && draft.thing === undefined && draft.listed && !isOf)
      draft.distinct = true;
    this.#column = ref;
    const word = this.#nextWord()?.word;
    if (word === 'compare' || word === 'between' || word === 'mean') {
      this.#columnUsed = false;
      if ('call' in item) this.#pendingMeasure = item;
      return;
    }
    if (next?.kind === 'number' && this.#isNumber(ref) && !('call' in item)) {
      this.#at++;
      const [after, last] = this.#phrases.slice(this.#at, this.#at + 2);
      if (after?.kind === 'word' && (after.word === 'or-more' || after.word === 'or-less')) {
        this.#at++;
        this.#compare(ref, after.word === 'or-more' ? '>=' : '<=', next);
        return;
      }
      if (after?.kind === 'word' && after.word === 'to' && last?.kind === 'number') {
        this.#at += 2;
        draft.conditions.push({
          kind: 'between',
          column: ref,
          from: this.#scaled(ref, next),
          to: this.#scaled(ref, last),
        });
        return;
      }
      this.#compare(ref, '=', next);
      return;
    }
    if (next?.kind === 'number') fail('a number behind a column');
    const shown0 = draft.shown.length === 0;
    if (!this.#mayShow(before)) fail('a column beside what is asked for');
    const isBeside = before?.kind === 'word' && before.word !== 'list';
    if (
      shown0 &&
      isBeside &&
      draft.thing !== undefined &&
      (draft.order !== undefined || draft.limit !== undefined)
    ) {
      draft.shown.push(...this.#labels(draft.thing));
    }
    const adds =
      draft.asks === 'how-much' && this.#isNumber(ref) && !('call' in item) && addsUp(ref);
    if (adds) item = { call: 'sum', of: ref };
    if (this.#distinct) draft.distinct = true;
    this.#distinct = false;
    if (!draft.shown.some((one) => JSON.stringify(one) === JSON.stringify(item)))
      draft.shown.push(item);
  }

  /** Whether a column stands where what is asked for is listed. */
  #mayShow(before: Meaning | undefined): boolean {
    const { shown, thing } = this.#draft;
    const isListed =
      before?.kind === 'word' && /^(?:and|list|which|distinct|measure|how-much)$/.test(before.word);
    if (thing === undefined && shown.length === 0) return true;
    const isWith = before?.kind === 'word' && before.word === 'with';
    const isOwn = before?.kind === 'table' && !this.#asksWhich;
    return isListed || (shown.length === 0 && (isWith || isOwn));
  }

  /** 余额最高的客户: the extreme stands behind its column. */
  #extremeBehind(): Extreme | undefined {
    const next = this.#nextWord();
    if (!this.#chinese || next?.word !== 'extreme' || this.#extreme !== undefined) return undefined;
    this.#at++;
    return next;
  }

  #pendingMeasure: Measure | undefined;

  #takeFlag({ table, column }: ColumnRef): void {
    const not = this.#negated || this.#without;
    this.#negated = false;
    this.#without = false;
    const found = this.#column_(table, column);
    const [yes, no] = (found && flagOf(found)) ?? fail('no flag');
    this.#draft.conditions.push({
      kind: 'compare',
      column: { table, column },
      sign: '=',
      value: not ? no : yes,
    });
  }

  #takeValue({ table, column, value }: Extract<Meaning, { kind: 'value' }>): void {
    const ref = { table, column };
    const values = [value];
    let isBoth = this.#both;
    for (;;) {
      const [joint, other] = this.#phrases.slice(this.#at, this.#at + 2);
      const isJoint = joint?.kind === 'word' && (joint.word === 'and' || joint.word === 'or');
      if (!isJoint || other?.kind !== 'value' || !same(other, ref)) break;
      if (joint.word === 'and') isBoth ||= true;
      values.push(other.value);
      this.#at += 2;
    }
    const not = this.#negated || this.#without;
    this.#negated = false;
    this.#without = false;
    if (this.#grouping || this.#calls.length > 0 || this.#sign !== undefined)
      fail('a value behind a word for another thing');
    if (values.length > 1 && this.#both) fail('both of them');
    if (values.length > 1)
      this.#draft.conditions.push({ kind: 'among', column: ref, values, not, all: isBoth });
    else
      this.#draft.conditions.push({ kind: 'compare', column: ref, sign: not ? '<>' : '=', value });
  }

  #takeNumber(number: Extract<Meaning, { kind: 'number' }>): void {
    if (this.#number !== undefined) fail('two numbers');
    const orders = (one: Meaning) =>
      one.kind === 'word' && /^(?:top|sort|descending|ascending|extreme)$/.test(one.word);
    if (this.#chinese && this.#phrases.slice(this.#at).some(orders)) this.#sorting = true;
    else if (this.#sorts || this.#top !== undefined || this.#extreme !== undefined) {
      if (number.form !== 'plain' || this.#draft.limit !== undefined) fail('a number behind top');
      this.#draft.limit = number.value;
      return;
    }
    if (this.#sign !== undefined && !this.#columnUsed && this.#column !== undefined) {
      this.#compareOpen(this.#sign, number);
      return;
    }
    this.#number = number;
  }

  #compareOpen(sign: Comparison, number: Extract<Meaning, { kind: 'number' }>): void {
    const column = this.#column;
    if (column === undefined) fail('nothing to compare');
    this.#columnUsed = true;
    this.#sign = undefined;
    const measure = this.#pendingMeasure;
    this.#pendingMeasure = undefined;
    if (measure !== undefined) this.#draft.having.push({ measure, sign, value: number.value });
    else this.#compare(column, sign, number);
  }

  #compare(
    column: ColumnRef,
    sign: Comparison,
    number: Extract<Meaning, { kind: 'number' }>,
  ): void {
    this.#sign = undefined;
    this.#number = undefined;
    if (!this.#isNumber(column)) fail('a number compared with a text');
    this.#draft.conditions.push({
      kind: 'compare',
      column,
      sign,
      value: this.#scaled(column, number),
    });
  }

  /** `5 or more employees`: the column comes behind. */
  #openNumber(sign: Comparison): void {
    if (this.#number === undefined) fail('or more of nothing');
    this.#sign = sign;
  }

  #takeBetween(): void {
    const [from, joint, to] = this.#phrases.slice(this.#at, this.#at + 3);
    if (from?.kind === 'period' && to?.kind === 'period') {
      this.#at += 3;
      this.#draft.periods.push({ from: from.from, to: to.to, ends: false });
      return;
    }
    const isJoint = joint?.kind === 'word' && (joint.word === 'and' || joint.word === 'to');
    if (from?.kind !== 'number' || to?.kind !== 'number' || !isJoint) fail('between what');
    this.#at += 3;
    let column = this.#columnUsed ? undefined : this.#column;
    this.#columnUsed = true;
    if (column === undefined && this.#next?.kind === 'column') {
      column = { table: this.#next.table, column: this.#next.column };
      this.#at++;
    }
    if (column === undefined || !this.#isNumber(column)) fail('between of what');
    this.#draft.conditions.push({
      kind: 'between',
      column,
      from: this.#scaled(/id$/i.test(column.column) ? fail('between keys') : column, from),
      to: this.#scaled(column, to),
    });
  }

  /** `smaller than the average capacity`. */
  #takeCompare(sign: Comparison): void {
    const [measure, column] = this.#phrases.slice(this.#at, this.#at + 2);
    const isMean = measure?.kind === 'word' && measure.word === 'measure' && measure.call === 'avg';
    if (!isMean || column?.kind !== 'column' || (sign !== '<' && sign !== '>')) {
      this.#sign = sign;
      return;
    }
    const open = this.#columnUsed ? undefined : this.#column;
    if (open !== undefined && !same(open, column)) fail('a mean of another column');
    this.#columnUsed = true;
    this.#at += 2;
    this.#draft.conditions.push({
      kind: 'mean',
      column: { table: column.table, column: column.column },
      sign,
    });
  }

  #takeMean(sign: '<' | '>'): void {
    let column = this.#columnUsed ? undefined : this.#column;
    this.#columnUsed = true;
    if (column === undefined && this.#next?.kind === 'column') {
      column = { table: this.#next.table, column: this.#next.column };
      this.#at++;
    }
    const said = this.#next;
    if (column !== undefined && said?.kind === 'column' && same(said, column)) this.#at++;
    if (column === undefined || !this.#isNumber(column)) fail('the mean of what');
    this.#draft.conditions.push({ kind: 'mean', column, sign });
  }

  #takeExtreme(word: Extreme): void {
    if (
      this.#number !== undefined &&
      this.#number.form === 'plain' &&
      this.#draft.limit === undefined
    ) {
      this.#draft.limit = this.#number.value;
      this.#number = undefined;
    }
    if (this.#extreme !== undefined || this.#calls.length > 0) fail('two extremes');
    this.#extreme = word;
  }

  #takePeriod({ from, to }: Extract<Meaning, { kind: 'period' }>): void {
    const draft = this.#draft;
    const word = this.#period ?? this.#periodBehind();
    this.#period = undefined;
    // `2014 and 2015`, `2014 or 2015`.
    const [and, other] = this.#phrases.slice(this.#at, this.#at + 2);
    const isNext =
      and?.kind === 'word' && (and.word === 'and' || and.word === 'or') && other?.kind === 'period';
    if (
      word === undefined &&
      isNext &&
      Number(other.from.slice(0, 4)) === Number(to.slice(0, 4)) + 1 &&
      !this.#both
    ) {
      this.#at += 2;
      draft.periods.push({ from, to: other.to, ends: false });
      return;
    }
    // `from 2020 to 2022`.
    const [joint, last] = this.#phrases.slice(this.#at, this.#at + 2);
    const isTo =
      joint?.kind === 'word' &&
      (joint.word === 'to' || joint.word === 'until' || joint.word === 'preposition');
    if (word === 'since' && isTo && last?.kind === 'period') {
      this.#at += 2;
      draft.periods.push({ from, to: last.to, ends: false });
      return;
    }
    if (word === 'before') draft.periods.push({ from, to, sign: '<', ends: false });
    else if (word === 'after') draft.periods.push({ from, to, sign: '>', ends: false });
    else if (word === 'since') draft.periods.push({ from, to, sign: '>=', ends: false });
    else if (word === 'until') draft.periods.push({ from, to, sign: '<=', ends: false });
    else draft.periods.push({ from, to, ends: word === 'end-of' });
  }

  /** 2020年之前, 2024年底. */
  #periodBehind(): 'before' | 'after' | 'since' | 'until' | 'end-of' | undefined {
    const next = this.#nextWord();
    if (!this.#chinese || next === undefined) return undefined;
    const { word } = next;
    if (
      word !== 'before' &&
      word !== 'after' &&
      word !== 'since' &&
      word !== 'until' &&
      word !== 'end-of'
    )
      return undefined;
    this.#at++;
    return word;
  }

  #descends(): boolean {
    if (this.#top !== undefined) {
      const { descending } = this.#top;
      this.#top = undefined;
      this.#draft.limit ??= 1;
      return descending;
    }
    if (this.#ordered !== undefined) return this.#ordered === 'descending';
    const next = this.#nextWord();
    return next?.word === 'descending';
  }

  #orderBy(by: Item, descending: boolean): void {
    if (this.#draft.order !== undefined) fail('two orders');
    if (
      !('call' in by) &&
      !this.#sortsAll &&
      !this.#isNumber(by) &&
      this.#column_(by.table, by.column)?.kind !== 'date'
    ) {
      fail('the most of a text');
    }
    this.#draft.order = { by, descending };
  }

  #labels(table: string): ColumnRef[] {
    const found = findTable(this.#schema, table);
    const labels = found === undefined ? [] : labelsOf(found, this.#chinese);
    if (labels.length === 0) fail(`${table} has no label`);
    return labels.map((column) => ({ table, column }));
  }

  #isLabel({ table, column }: ColumnRef): boolean {
    const found = findTable(this.#schema, table);
    return (
      found !== undefined &&
      labelsOf(found, this.#chinese).some((name) => fold(name) === fold(column))
    );
  }

  #isDay({ table, column }: ColumnRef): boolean {
    return this.#column_(table, column)?.kind === 'date';
  }

  #isNumber({ table, column }: ColumnRef): boolean {
    const kind = this.#column_(table, column)?.kind;
    return kind === 'number' || kind === 'integer';
  }

  #column_(table: string, column: string) {
    const found = findTable(this.#schema, table);
    return found === undefined ? undefined : findColumn(found, column);
  }

  /** A percentage where a column holds shares; an amount in the unit that its comment tells. */
  #scaled(
    { table, column }: ColumnRef,
    { value, form }: Extract<Meaning, { kind: 'number' }>,
  ): number {
    const found = this.#column_(table, column);
    if (form === 'percentage') {
      const samples = (found?.samples ?? [])
        .map(Number)
        .filter((sample) => Number.isFinite(sample));
      const isShare =
        found !== undefined &&
        !isInPercent(found) &&
        samples.length > 0 &&
        samples.every((sample) => Math.abs(sample) <= 1);
      return isShare ? Number((value / 100).toPrecision(12)) : value;
    }
    const scale = form === 'amount' && found !== undefined ? (unitScale(found) ?? 1) : 1;
    return Number((value * scale).toPrecision(12));
  }

  #finish(): Reading {
    const draft = this.#draft;
    const [call] = this.#calls;
    const pending = [
      call === 'sum' ? undefined : call,
      this.#sign,
      this.#number,
      this.#extremeLeft(),
      this.#topLeft(),
    ];
    if (pending.some((one) => one !== undefined)) fail('something is left over');
    if (
      this.#distinct ||
      this.#grouping ||
      this.#sorting ||
      this.#negated ||
      this.#without ||
      !this.#columnUsed ||
      this.#period !== undefined
    ) {
      fail('a word is left over');
    }
    if (this.#sorts && draft.order === undefined && !this.#sorting) fail('sorted by nothing');
    if (draft.counting && draft.thing !== undefined && draft.shown.length === 0) {
      draft.shown.push({ call: 'count', rows: draft.thing });
      draft.counting = false;
    }
    if (draft.counting) fail('counts nothing');
    if (this.#both && (draft.having.length > 0 || draft.conditions.length > 0))
      fail('both of them');
    const thing = draft.thing ?? this.#thingOf(draft);
    if (
      draft.having.some(
        ({ measure }) =>
          measure.rows !== undefined &&
          fold(measure.rows) === fold(thing) &&
          draft.groups.length === 0 &&
          draft.shown.length === 0,
      )
    )
      fail('counts itself');
    if (draft.asksWho && draft.shown.length === 0) draft.shown.push(...this.#labels(thing));
    if (draft.asks === 'when' && draft.shown.length === 0) draft.shown.push(this.#soleDay(thing));
    const told = draft.shown.some(
      (item) =>
        !('call' in item) &&
        (draft.asks === 'where' || this.#isDay(item) || /year|年/i.test(item.column)),
    );
    if ((draft.asks === 'when' || draft.asks === 'where') && draft.shown.length > 0 && !told)
      fail('when, and something else');
    if (draft.asks === 'how-much' && draft.shown.length === 0)
      draft.shown.push(this.#sole(thing, /price|cost|价/i));
    if (draft.asks === 'where' && draft.shown.length === 0)
      draft.shown.push(this.#solePlace(thing));
    for (const period of draft.periods)
      draft.conditions.push(...this.#periodCondition(period, thing));
    if (this.#eachPeriod !== undefined)
      draft.groups.push(this.#periodGroup(this.#eachPeriod, thing));
    const isGrouped = draft.groups.length > 0;
    if (isGrouped) {
      const measures = draft.shown.filter((item): item is Measure => 'call' in item);
      const own = draft.shown.filter((item): item is ColumnRef => !('call' in item));
      if (own.length > 0 && measures.length > 0) this.#nameGroups(own);
      else if (own.length > 0) {
        // `revenue by region`: added up.
        const [only, ...more] = own;
        if (only === undefined || more.length > 0 || !this.#isNumber(only as ColumnRef))
          fail('columns by groups');
        if (addsUp(only as ColumnRef))
          draft.shown = [...draft.groups, { call: 'sum', of: only as ColumnRef }];
        else {
          // Levels are not added up: there is one for each.
          draft.shown = [...draft.groups, only as ColumnRef];
          draft.groups = [];
        }
      } else if (measures.length === 0) fail('groups of nothing');
      else draft.shown = [...draft.groups, ...measures];
    } else if (draft.shown.length === 0) {
      const labels = this.#labels(thing);
      draft.shown.push(...labels);
      if (draft.having.length > 0 || (draft.order !== undefined && 'call' in draft.order.by)) {
        draft.groups.push(...labels.map((ref) => ({ ...ref, isThing: true })));
      }
    } else {
      const columns = draft.shown.filter((item): item is ColumnRef => !('call' in item));
      const measures = draft.shown.filter((item): item is Measure => 'call' in item);
      const measured =
        draft.having.length > 0 || (draft.order !== undefined && 'call' in draft.order.by);
      if (columns.length > 0 && (measures.length > 0 || measured)) {
        // `the name and the number of loans of each`: only rows of another table are counted so.
        if (this.#phrases.some((one) => one.kind === 'word' && one.word === 'how-many'))
          fail('how many of a column');
        const own = new Set(columns.map(({ table }) => fold(table)));
        if (measures.length > 0 && !measured) draft.implicit = true;
        if (measures.some(({ call }) => call === 'min' || call === 'max'))
          fail('an extreme beside columns');
        if (!measured && measures.some(({ of, rows }) => own.has(fold(of?.table ?? rows ?? ''))))
          fail('columns beside a measure');
        draft.groups.push(...columns.map((ref) => ({ ...ref, isThing: this.#isLabel(ref) })));
      } else if (measures.length > 0 && measured) fail('a measure of measures');
    }
    this.#orderToPeak();
    if (this.#ordered !== undefined && draft.order === undefined) this.#orderLeft(thing);
    if (draft.order !== undefined && draft.limit === undefined && !this.#sortsAll) draft.limit = 1;
    if (draft.limit !== undefined && draft.order === undefined)
      fail('a number of rows without an order');
    if (draft.limit !== undefined && !(Number.isInteger(draft.limit) && draft.limit > 0))
      fail('no number of rows');
    if (draft.distinct && draft.shown.length > 1) draft.distinct = false;
    if (contradicts(draft.conditions)) fail('a column is two things');
    const isKnown = (item: Item) =>
      !('call' in item) &&
      draft.conditions.some(
        (one) => one.kind === 'compare' && one.sign === '=' && same(one.column, item),
      );
    if (draft.shown.some(isKnown)) fail('asks for what it says');
    if (
      draft.shown.some(
        (item) =>
          'call' in item &&
          item.of !== undefined &&
          item.call !== 'count' &&
          !this.#isNumber(item.of) &&
          !(this.#isDay(item.of) && item.call !== 'avg' && item.call !== 'sum'),
      )
    ) {
      fail('a measure of a text');
    }
    const { shown, conditions, groups, having, order, limit, tables } = draft;
    return {
      thing,
      shown,
      conditions,
      groups,
      having,
      tables,
      distinct: draft.distinct,
      implicit: draft.implicit,
      ...(order === undefined ? {} : { order }),
      ...(limit === undefined ? {} : { limit }),
    };
  }

  /** What is measured without groups has no order of rows: it is of the row with the extreme. */
  #orderToPeak(): void {
    const draft = this.#draft;
    if (
      draft.order === undefined ||
      draft.groups.length > 0 ||
      !draft.shown.every((item) => 'call' in item)
    )
      return;
    const { by, descending } = draft.order;
    if ('call' in by || draft.limit !== undefined) fail('an order of one figure');
    draft.conditions.push({ kind: 'peak', column: by, call: descending ? 'max' : 'min' });
    delete draft.order;
  }

  /** `in alphabetical order`; `oldest first` is by the day. */
  #orderLeft(thing: string): void {
    if (this.#daysFirst) return this.#orderBy(this.#soleDay(thing), this.#ordered === 'descending');
    const [first] = this.#draft.shown;
    if (first === undefined || 'call' in first) fail('ordered by what');
    const by = this.#isNumber(first) || this.#isLabel(first) ? first : this.#soleDay(thing);
    this.#orderBy(by, this.#ordered === 'descending');
  }

  /** `the name and the number of songs of each singer`: what is shown of a group tells it. */
  #nameGroups(own: readonly ColumnRef[]): void {
    const draft = this.#draft;
    const things = new Set(
      draft.groups.filter(({ isThing }) => isThing).map(({ table }) => fold(table)),
    );
    const isOfGroup = (ref: ColumnRef) =>
      things.has(fold(ref.table)) || draft.groups.some((group) => same(group, ref));
    if (!own.every(isOfGroup)) fail('columns beside groups');
    draft.groups = own.map((ref) => ({ ...ref, isThing: things.has(fold(ref.table)) }));
  }

  #periodGroup(grain: 'year' | 'month', thing: string): Group {
    const column = this.#periodColumn(thing);
    const [period, ...more] = this.#draft.periods;
    const isOneYear =
      period !== undefined &&
      more.length === 0 &&
      period.sign === undefined &&
      period.from.slice(0, 4) === period.to.slice(0, 4);
    if (this.#isDay(column)) {
      return {
        ...column,
        part: grain === 'month' && isOneYear ? 'month-of-year' : grain,
        isThing: false,
      };
    }
    if (grain === 'month') fail('months of a year');
    return { ...column, isThing: false };
  }

  get #sortsAll(): boolean {
    return (
      this.#ordered !== undefined ||
      this.#phrases.some(
        (one) => one.kind === 'word' && (one.word === 'sorted-by' || one.word === 'sort'),
      )
    );
  }

  /** An extreme without a column: of the one day, price or age of the thing. */
  #extremeLeft(): Extreme | undefined {
    const extreme = this.#extreme;
    if (extreme === undefined) return undefined;
    const thing = this.#draft.thing ?? this.#thingOf(this.#draft);
    if (extreme.of === 'day') this.#orderBy(this.#soleDay(thing), extreme.descending);
    else if (extreme.of === 'age') this.#orderByAge(thing, extreme.descending);
    else if (extreme.of === 'price')
      this.#orderBy(this.#sole(thing, /price|cost|价/i), extreme.descending);
    else return extreme;
    this.#extreme = undefined;
    return undefined;
  }

  /** By an age, or by the day or year of birth or of foundation, which runs the other way. */
  #orderByAge(thing: string, descending: boolean): void {
    const columns = findTable(this.#schema, thing)?.columns ?? [];
    const age = columns.filter(({ name }) => /^age$|_age$|^年龄$/i.test(name));
    const [only] = age;
    if (only !== undefined && age.length === 1)
      return this.#orderBy({ table: thing, column: only.name }, descending);
    const born = columns.filter(({ name }) =>
      /birth|dob|founded|established|inception|出生/i.test(name),
    );
    const [day] = born;
    const by =
      day !== undefined && born.length === 1
        ? { table: thing, column: day.name }
        : this.#soleDay(thing);
    this.#orderBy(by, !descending);
  }

  /** `top 5 customers` alone says not by what. */
  #topLeft(): unknown {
    return this.#top;
  }

  #thingOf({ shown, order, conditions }: Draft): string {
    const [first] = shown;
    const ref = first === undefined ? undefined : 'call' in first ? first.of : first;
    const by = order === undefined ? undefined : 'call' in order.by ? order.by.of : order.by;
    const [condition] = conditions;
    const held =
      condition === undefined || condition.kind === 'without' ? undefined : condition.column;
    const rows = first !== undefined && 'call' in first ? first.rows : undefined;
    const found = rows ?? ref?.table ?? by?.table ?? held?.table;
    return found ?? fail('about nothing');
  }

  #soleDay(thing: string): ColumnRef {
    return this.#one(thing, ({ kind, name }) => kind === 'date' || /(?:^|_)year$/i.test(name));
  }

  #solePlace(thing: string): ColumnRef {
    return this.#sole(thing, /city|location|country|address|城市|地区/i);
  }

  #sole(thing: string, pattern: RegExp): ColumnRef {
    return this.#one(thing, ({ name }) => pattern.test(name));
  }

  #one(thing: string, is: (column: Table['columns'][number]) => boolean): ColumnRef {
    const [only, ...more] = (findTable(this.#schema, thing)?.columns ?? []).filter(is);
    if (only === undefined || more.length > 0) fail(`not one such column in ${thing}`);
    return { table: thing, column: only.name };
  }

  #periodCondition(period: Draft['periods'][number], thing: string): Condition[] {
    const column = this.#periodColumn(thing);
    const found = this.#column_(column.table, column.column);
    const years = found?.kind !== 'date';
    const { from, to, sign } = period;
    const firstYear = Number(from.slice(0, 4));
    const lastYear = Number(to.slice(0, 4));
    const isWhole = from.endsWith('-01-01') && to.endsWith('-12-31');
    if (years) {
      if (!isWhole) fail('part of a year');
      if (sign === '<' || sign === '>=')
        return [{ kind: 'compare', column, sign, value: firstYear }];
      if (sign === '>' || sign === '<=')
        return [{ kind: 'compare', column, sign, value: lastYear }];
      return firstYear === lastYear
        ? [{ kind: 'compare', column, sign: '=', value: firstYear }]
        : [{ kind: 'between', column, from: firstYear, to: lastYear }];
    }
    if (sign === '<' || sign === '>=') return [{ kind: 'compare', column, sign, value: from }];
    if (sign === '>' || sign === '<=') return [{ kind: 'compare', column, sign, value: to }];
    if (period.ends || from === to) return [{ kind: 'compare', column, sign: '=', value: to }];
    return [{ kind: 'between', column, from, to }];
  }

  /** The day or year of what is measured, shown, or asked for. */
  #periodColumn(thing: string): ColumnRef {
    const { shown, order, conditions, tables } = this.#draft;
    const refs = [
      ...shown.map((item) => ('call' in item ? item.of : item)),
      order === undefined ? undefined : 'call' in order.by ? order.by.of : order.by,
      ...conditions.map((one) => (one.kind === 'without' ? undefined : one.column)),
    ];
    if (this.#periodOf !== undefined) return this.#periodOf;
    const named =
      this.#column !== undefined &&
      this.#column_(this.#column.table, this.#column.column)?.kind === 'date';
    if (named && this.#column !== undefined) return this.#column;
    const candidates = [...refs.map((ref) => ref?.table), thing, ...tables].filter(
      (name) => name !== undefined,
    );
    for (const table of new Set(candidates)) {
      const days = (findTable(this.#schema, table)?.columns ?? []).filter(
        ({ kind, name }) =>
          kind === 'date' || (/(?:^|_)year$|年度?$/i.test(name) && kind !== 'text'),
      );
      const [only, ...more] = days;
      if (only !== undefined && more.length === 0) return { table, column: only.name };
      if (more.length > 0) fail('several days');
    }
    fail('no day');
  }
}

/** Whether the figures of a column mean anything added up: not prices, rates, levels. */
function addsUp({ column }: ColumnRef): boolean {
  return !/price|rate|ratio|percent|pct|eps$|per_|yield|score|level|index|high|low|nav|margin|age$|year|价|率|比|指数|点位|净值|年龄|评分/i.test(
    column,
  );
}

/** Whether a column is to equal two things at once. */
function contradicts(conditions: readonly Condition[]): boolean {
  const held = conditions.flatMap((one) =>
    one.kind === 'among' || (one.kind === 'compare' && one.sign === '=')
      ? [fold(`${one.column.table}.${one.column.column}`)]
      : [],
  );
  return new Set(held).size < held.length;
}

function same(a: ColumnRef, b: ColumnRef): boolean {
  return fold(a.table) === fold(b.table) && fold(a.column) === fold(b.column);
}
