/** How many rows things have on average, or how much those come to: `average number of orders per customer`, `average amount per order`. */
import { singular } from '../../retrieval/words.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, hasLabel, labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { isMeasure, isTable, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** `how many bookings does a guest make on average`: the counts are of the things that are named beside. */
export function groupForMean(state: ParseState): void {
  const { asked, said, links } = state;
  const [call, ...more] = said.calls;
  if (call === 'avg' && more.length === 0) countOnAverage(state);
  const [count, ...others] = asked.shown;
  const isCount = count !== undefined && isMeasure(count) && count.rows !== undefined;
  if (state.chinese || call !== 'avg' || more.length + others.length > 0 || !isCount) return;
  // `number of orders per customer on average`.
  if (asked.groups.length > 0) {
    said.calls = [];
    said.ofCounts = true;
    return;
  }
  const counted = count.rows;
  const wholes = [...new Set(asked.tables.filter((table) => !isTable(table, counted)))];
  const [whole, ...rest] = wholes.filter((table) => isPartOf(links, counted, table));
  if (whole === undefined || rest.length > 0) return;
  said.calls = [];
  said.ofCounts = true;
  const key = soleKey(state.schema, whole);
  const names = key !== undefined && !hasLabel(state, whole) ? [] : labelColumns(state, whole);
  const refs = names.length > 0 ? names : key === undefined ? [] : [{ table: whole, column: key }];
  asked.groups.push(...refs.map((ref) => ({ ...ref, isThing: true })));
}

/** `claims per policy on average`: how many, where nothing says an average of what. */
function countOnAverage({ asked, links, chinese, phrases }: ParseState): void {
  const { thing, shown, groups } = asked;
  const [group, ...others] = new Set(groups.map(({ isThing, table }) => (isThing ? table : '')));
  const isLast = isWord(phrases.at(-1), 'measure') && phrases.length > 1;
  if (chinese || thing === undefined || !group || others.length + shown.length > 0 || !isLast)
    return;
  if (isPartOf(links, thing, group)) shown.push({ call: 'count', rows: thing });
}

/**
 * Of counts of groups, their mean.
 * @throws Unread where no groups are counted, or more than that is asked for
 */
export function settleMean(state: ParseState): void {
  const { asked, said } = state;
  if (said.ofCounts !== true) {
    settleMeanOfSums(state);
    return;
  }
  const { groups, shown, having, order } = asked;
  const [count, ...more] = shown.filter(isMeasure);
  const isOne = new Set(groups.map(({ table, column, isThing }) => (isThing ? table : column)));
  if (count === undefined || more.length > 0 || count.call !== 'count' || isOne.size !== 1) {
    unread('an average number of what');
  }
  if (having.length > 0 || order !== undefined) unread('an average of ordered counts');
  asked.shown = [count];
  asked.overGroups = 'avg';
}

/** `average amount per order`, where orders have no name and their amounts stand in lines: the mean of what each comes to. */
function settleMeanOfSums(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [group, ...others] = asked.groups;
  const [mean, ...more] = asked.shown.filter(isMeasure);
  const isMean = mean !== undefined && more.length === 0 && mean.call === 'avg';
  if (!chinese && isMean && sumsLines(state, mean)) return;
  if (chinese || !isMean || mean.of === undefined || group === undefined || others.length > 0)
    return;
  const isBehind = state.phrases.some(
    (one, at) => isWord(one, 'each') && at > state.phrases.findIndex(isMeanWord),
  );
  const isPlain =
    asked.having.length === 0 && asked.order === undefined && !asked.listed && !said.weight;
  const isNameless = group.isThing && !hasLabel(state, group.table);
  const isOfLines = isPartOf(state.links, mean.of.table, group.table) && addsUp(state, mean.of);
  if (!isBehind || !isPlain || !isNameless || !isOfLines || said.eachPeriod !== undefined) return;
  asked.shown = [{ ...mean, call: 'sum' }];
  asked.overGroups = 'avg';
}

function isMeanWord(one: Meaning): boolean {
  return isWord(one, 'measure') && one.call === 'avg';
}

const LINES = /^(?:line|item|detail|entry)$/;

/**
 * `average claim amount`, where the amounts stand in the lines of claims: the mean of what each claim comes to;
 * whether it is so.
 * @throws Unread for such a mean of each of other groups
 */
function sumsLines(state: ParseState, mean: Measure): boolean {
  const { asked, said, links, phrases, schema } = state;
  const { of } = mean;
  const { thing, groups } = asked;
  const lines = of?.table ?? '';
  const isOfLines = LINES.test(singular(tableWords(lines).at(-1) ?? ''));
  if (of === undefined || thing === undefined || isTable(thing, lines) || !isOfLines) return false;
  const isNamed = phrases.some((one) => one.kind === 'table' && isTable(one.table, lines));
  if (isNamed || !isPartOf(links, lines, thing) || !addsUp(state, of)) return false;
  if (groups.some(({ isThing, table }) => isThing && isTable(table, thing))) return false;
  const key = soleKey(schema, thing);
  const isAlone = groups.length === 0 && asked.shown.length === 1 && asked.order === undefined;
  if (!isAlone || key === undefined || said.weight !== undefined)
    unread('a mean of lines, or of what they come to');
  asked.groups.push({ table: thing, column: key, isThing: false });
  asked.shown = [{ ...mean, call: 'sum' }];
  asked.overGroups = 'avg';
  return true;
}
